using System.CommandLine;
using OrleansBilling.LoadTests.Starts;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>starts</c>: checks that a process that says it is ready is fast at once.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var server = new Option<string?>("--server")
        {
            Description = "OrleansBilling.Server.dll of a published program; by default the one that was built with the load tests.",
        };
        var starts = new BoundedNumber("--starts", "Processes to start, one after the other.", 5, 1, 100);
        var rate = new BoundedNumber("--rate", "Commands per second to a new process.", 2_000, 1, 100_000);
        var command = new Command("starts", "Starts processes under load and measures the first second of each.")
        {
            server, starts.Option, rate.Option,
        };
        command.SetAction((parsed, cancellationToken) => StartRun.RunAsync(
            new StartOptions(parsed.GetValue(server), starts.Read(parsed), rate.Read(parsed)), cancellationToken));
        return command;
    }
}
