using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansBilling.LoadTests.Throughput;
using OrleansBilling.Storage.Postgres;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>throughput</c>: durable commands per second, way by way.</summary>
internal static class ThroughputCommand
{
    public static Command Create()
    {
        var seconds = Number("--seconds", "How long each way is measured, after its warm-up.", 10);
        var subscriptions = Number("--subscriptions", "Stored subscriptions.", 100_000);
        var callers = Number("--callers", "Commands in flight at most, in process and as lines.", 1_024);
        var connections = Number("--connections", "Connections with one request at a time each.", 256);
        var lanes = Number("--lanes", "Commit lanes in process; the gateway has its own setting.", 2);
        var streams = Number("--streams", "Streams of lines to POST /v1/commands.", 4);
        var only = new Option<string[]>("--only") { Description = $"Only some ways: {string.Join(", ", WayNames.All)}.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        only.AcceptOnlyFromAmong([.. WayNames.All]);
        var report = new Option<string?>("--report") { Description = "A file for all figures as JSON." };
        var command = new Command("throughput", "Durable commands per second on a private PostgreSQL, against one transaction per command.")
        {
            seconds, subscriptions, callers, connections, lanes, streams, only, report,
        };
        command.Validators.Add(result =>
        {
            RequireRange(result, seconds, 1, 3_600);
            RequireRange(result, subscriptions, 1_000, 5_000_000);
            RequireRange(result, callers, 1, 16_000);
            RequireRange(result, connections, 1, 4_096);
            RequireRange(result, lanes, 1, PostgresStorageOptions.CommitLanesMax);
            RequireRange(result, streams, 1, 64);
            if (result.GetValue(streams) > result.GetValue(callers)) result.AddError("--streams must not be more than --callers.");
            if (result.GetValue(report) is { } path && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) result.AddError("--report must lie in a directory that exists.");
        });
        command.SetAction((parsed, cancellationToken) => ThroughputRun.RunAsync(
            new ThroughputOptions
            {
                Seconds = parsed.GetValue(seconds),
                Subscriptions = parsed.GetValue(subscriptions),
                Callers = parsed.GetValue(callers),
                Connections = parsed.GetValue(connections),
                Lanes = parsed.GetValue(lanes),
                Streams = parsed.GetValue(streams),
                Only = parsed.GetValue(only) ?? [],
                Report = parsed.GetValue(report),
            },
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, string description, int otherwise) =>
        new(name) { Description = $"{description} {otherwise:N0} unless told.", DefaultValueFactory = _ => otherwise };

    private static void RequireRange(CommandResult result, Option<int> option, int least, int most)
    {
        if (result.GetValue(option) is var value && (value < least || value > most)) result.AddError($"{option.Name} must be {least} to {most}.");
    }
}
