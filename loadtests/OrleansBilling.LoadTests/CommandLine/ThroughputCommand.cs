using System.CommandLine;
using OrleansBilling.LoadTests.Throughput;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>throughput</c>: measures durable commands per second, one way of sending them at a time.</summary>
internal static class ThroughputCommand
{
    public static Command Create()
    {
        var seconds = new BoundedNumber("--seconds", "Seconds that each way is measured, after its warm-up.", 10, 1, 3_600);
        var subscriptions = new BoundedNumber("--subscriptions", "Stored subscriptions.", 100_000, 1_000, 5_000_000);
        var callers = new BoundedNumber("--callers", "Maximum of commands in flight, in process and as lines.", 1_024, 1, 16_000);
        var connections = new BoundedNumber("--connections", "Connections, one request at a time each.", 256, 1, 4_096);
        var lanes = new BoundedNumber(
            "--lanes", "Commit lanes in this process; the gateway has its own setting.", 2, 1, PostgresStorageOptions.CommitLanesMax);
        var streams = new BoundedNumber(
            "--streams", "Streams of lines to POST /v1/commands; they share the callers.", 4, 1, 64);
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these ways: {string.Join(", ", WayNames.All)}.", AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        only.AcceptOnlyFromAmong([.. WayNames.All]);
        var small = new Option<int?>("--small")
        {
            Description = "Also runs bare handler and silo with this many subscriptions, to show what their number costs.",
        };
        var withoutStatistics = new Option<bool>("--without-statistics")
        {
            Description = "Measures only the cost of statistics: counted commands and a billing day, with statistics and without.",
        };
        var report = new Option<string?>("--report") { Description = "Directory for the report (JSON and HTML)." };
        var command = new Command("throughput", "Durable commands per second on a private PostgreSQL, against one transaction per command.")
        {
            seconds.Option, subscriptions.Option, callers.Option, connections.Option, lanes.Option, streams.Option, only, small,
            withoutStatistics, report,
        };
        command.SetAction((parsed, cancellationToken) => ThroughputRun.RunAsync(
            new ThroughputOptions
            {
                Seconds = seconds.Read(parsed),
                Subscriptions = subscriptions.Read(parsed),
                Callers = callers.Read(parsed),
                Connections = connections.Read(parsed),
                Lanes = lanes.Read(parsed),
                Streams = streams.Read(parsed),
                Only = parsed.GetValue(withoutStatistics) ? CostOfStatistics(parsed.GetValue(only)) : parsed.GetValue(only) ?? [],
                Small = Positive(parsed.GetValue(small)),
                Report = parsed.GetValue(report),
            },
            cancellationToken));
        return command;
    }

    private static IReadOnlyList<string> CostOfStatistics(string[]? only) => only is null or []
        ? [WayNames.BillingDay, WayNames.WithStatistics, WayNames.WithoutStatistics]
        : throw new BadArgumentException("--without-statistics and --only do not go together.");

    private static int? Positive(int? small) =>
        small is null or > 0 ? small : throw new BadArgumentException("--small must be at least 1.");
}
