using System.CommandLine;
using OrleansBilling.LoadTests.Lists;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>lists</c>: measures pages of lists and searches on a large book, and how far the lists trail under load.</summary>
internal static class ListsCommand
{
    public static Command Create()
    {
        var subscriptions = new BoundedNumber("--subscriptions", "Subscriptions stored.", 1_000_000, 1_000, 10_000_000);
        var samples = new BoundedNumber("--samples", "Requests of each kind of page.", 100, 10, 100_000);
        var rate = new BoundedNumber("--rate", "Commands per second while the lag is watched.", 1_000, 1, 100_000);
        var seconds = new BoundedNumber("--seconds", "Seconds that the lag is watched.", 20, 1, 3_600);
        var command = new Command("lists", "Measures pages of every list and the search on a large book, and the lag of lists under load.")
        {
            subscriptions.Option, samples.Option, rate.Option, seconds.Option,
        };
        command.SetAction((parsed, cancellationToken) => ListRun.RunAsync(
            new ListOptions(subscriptions.Read(parsed), samples.Read(parsed), rate.Read(parsed), seconds.Read(parsed)),
            cancellationToken));
        return command;
    }
}
