using System.CommandLine;
using OrleansBilling.LoadTests.Joining;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>join</c>: merges the latencies of several machines.</summary>
internal static class JoinCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "The files that scenario --histogram wrote, one per machine.", Arity = ArgumentArity.OneOrMore,
        };
        var report = new Option<string?>("--report") { Description = "Directory for the report (JSON and HTML)." };
        var command = new Command("join", "Merges the latencies of several machines that ran one scenario together.") { files, report };
        command.SetAction((parsed, cancellationToken) =>
            JoinRun.RunAsync(parsed.GetRequiredValue(files), parsed.GetValue(report), cancellationToken));
        return command;
    }
}
