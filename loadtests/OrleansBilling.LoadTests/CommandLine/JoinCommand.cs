using System.CommandLine;
using OrleansBilling.LoadTests.Joining;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>join</c>: several machines' latencies as one.</summary>
internal static class JoinCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "What scenario --histogram wrote, one of each machine.", Arity = ArgumentArity.OneOrMore,
        };
        var report = new Option<string?>("--report") { Description = "A directory for the report, as JSON and as a page." };
        var command = new Command("join", "Merges the latencies of several machines that ran one scenario together.") { files, report };
        command.SetAction((parsed, cancellationToken) =>
            JoinRun.RunAsync(parsed.GetRequiredValue(files), parsed.GetValue(report), cancellationToken));
        return command;
    }
}
