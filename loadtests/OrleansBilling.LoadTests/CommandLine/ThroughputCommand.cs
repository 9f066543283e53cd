using System.CommandLine;
using OrleansBilling.LoadTests.Throughput;
using OrleansBilling.Storage.Postgres;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>throughput</c>: durable commands per second, way by way.</summary>
internal static class ThroughputCommand
{
    public static Command Create()
    {
        var seconds = Number("--seconds", "How long each way is measured, after its warm-up.", 10, 1, 3_600);
        var subscriptions = Number("--subscriptions", "Stored subscriptions.", 100_000, 1_000, 5_000_000);
        var callers = Number("--callers", "Commands in flight at most, in process and as lines.", 1_024, 1, 16_000);
        var connections = Number("--connections", "Connections with one request at a time each.", 256, 1, 4_096);
        var lanes = Number("--lanes", "Commit lanes in process; the gateway has its own setting.", 2, 1, PostgresStorageOptions.CommitLanesMax);
        var streams = Number("--streams", "Streams of lines to POST /v1/commands; the callers are shared out among them.", 4, 1, 64);
        var only = new Option<string[]>("--only") { Description = $"Only some ways: {string.Join(", ", WayNames.All)}.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        only.AcceptOnlyFromAmong([.. WayNames.All]);
        var report = new Option<string?>("--report") { Description = "A file for all figures as JSON." };
        var command = new Command("throughput", "Durable commands per second on a private PostgreSQL, against one transaction per command.")
        {
            seconds, subscriptions, callers, connections, lanes, streams, only, report,
        };
        report.Validators.Add(result =>
        {
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(result.GetValueOrDefault<string>())))) result.AddError("--report must lie in a directory that exists.");
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

    private static Option<int> Number(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} {otherwise:N0} unless told.", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most)) result.AddError($"{name} must be {least} to {most}.");
        });
        return option;
    }
}
