using System.CommandLine;
using OrleansBilling.LoadTests.Recount;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>recount</c>: recounts the statistics of a filled database while commands arrive.</summary>
internal static class RecountCommand
{
    public static Command Create()
    {
        var subscriptions = new BoundedNumber("--subscriptions", "Subscriptions to recount.", 100_000, 1_000, 10_000_000);
        var callers = new BoundedNumber(
            "--callers", "Callers that send commands during the recount, one at a time each; 0 for none.", 64, 0, 10_000);
        var command = new Command(
            "recount",
            "Recounts statistics from events on PostgreSQL under load: measures time, memory and throughput and checks every counter.")
        {
            subscriptions.Option, callers.Option,
        };
        command.SetAction(
            (parsed, cancellationToken) => new RecountRun(subscriptions.Read(parsed), callers.Read(parsed)).RunAsync(cancellationToken));
        return command;
    }
}
