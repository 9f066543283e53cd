using System.CommandLine;
using OrleansBilling.LoadTests.Feed;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>feed</c>: checks that the feed of events is complete, in order and fresh under load.</summary>
internal static class FeedCommand
{
    public static Command Create()
    {
        var rate = new BoundedNumber("--rate", "Commands per second.", 2_000, 1, 100_000);
        var seconds = new BoundedNumber("--seconds", "Seconds that the feed is followed under load.", 20, 1, 3_600);
        var subscriptions = new BoundedNumber("--subscriptions", "Subscriptions sold before.", 2_000, 1, 1_000_000);
        var command = new Command("feed", "Follows the feed of events under load: its lag, its completeness and its order.")
        {
            rate.Option, seconds.Option, subscriptions.Option,
        };
        command.SetAction((parsed, cancellationToken) => FeedRun.RunAsync(
            new FeedOptions(rate.Read(parsed), seconds.Read(parsed), subscriptions.Read(parsed)), cancellationToken));
        return command;
    }
}
