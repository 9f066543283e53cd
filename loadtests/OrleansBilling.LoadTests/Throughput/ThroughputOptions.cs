using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Data;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>The arguments of <c>throughput</c>.</summary>
internal sealed record ThroughputOptions
{
    /// <summary>Seconds that each way is measured, after its warm-up.</summary>
    public required int Seconds { get; init; }

    /// <summary>Stored subscriptions, on PostgreSQL.</summary>
    public required int Subscriptions { get; init; }

    /// <summary>A second, smaller number of stored subscriptions, to compare the cost of a command; null for none.</summary>
    public required int? Small { get; init; }

    /// <summary>Maximum of commands in flight, in process and as lines.</summary>
    public required int Callers { get; init; }

    /// <summary>Connections, one request at a time each.</summary>
    public required int Connections { get; init; }

    public required int Lanes { get; init; }

    /// <summary>Streams of lines.</summary>
    public required int Streams { get; init; }

    /// <summary>The ways to measure; empty for all.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Directory for the report; null for none.</summary>
    public required string? Report { get; init; }

    public TimeSpan Measured => TimeSpan.FromSeconds(Seconds);

    public IReadOnlyList<Condition> Conditions(SampleCommit sample, int sqliteSubscriptions) =>
    [
        new("subscriptions", Numbers.Invariant($"{Subscriptions:N0} on PostgreSQL, {sqliteSubscriptions:N0} on SQLite")),
        new(
            "rows of a command",
            Numbers.Invariant($"snapshot of {sample.State.Length} bytes, event of {sample.EventData.Length}, due time, no counter")),
        new(
            "load",
            Numbers.Invariant($"{Callers:N0} callers, {Connections} connections, {Streams} streams, {Lanes} lanes, {Seconds} s each")),
    ];

    public bool Wants(string way) => Only.Count == 0 || Only.Contains(way);
}

/// <summary>The names of the ways, for <c>--only</c> and in figures.</summary>
internal static class WayNames
{
    public const string Baseline = "baseline";
    public const string Journal = "journal";

    /// <summary>The bare handler: subscriptions in this process without Orleans.</summary>
    public const string Runtime = "runtime";

    public const string Sqlite = "sqlite";
    public const string Http = "http";
    public const string Constant = "constant";
    public const string Bulk = "bulk";
    public const string BillingDay = "billing-day";
    public const string WithStatistics = "with-statistics";
    public const string WithoutStatistics = "without-statistics";
    public const string Cold = "cold";
    public const string StartUp = "start-up";
    public const string Size = "size";

    /// <summary>Grains in Orleans' own grain storage.</summary>
    public const string StockOrleans = "stock-orleans";

    /// <summary>Our silo.</summary>
    public const string Orleans = "orleans";

    /// <summary>All subscriptions due at once, on our silo.</summary>
    public const string OrleansBillingDay = "orleans-billing-day";

    /// <summary>The bare handler's billing day without statistics; measured when both billing days are requested.</summary>
    public const string BillingDayUncounted = $"{BillingDay}, {WithoutStatistics}";

    /// <summary>Usage in bursts to the same subscriptions, on our silo.</summary>
    public const string Usage = "usage";

    /// <summary>Loading stored subscriptions into memory on our silo.</summary>
    public const string OrleansCold = "orleans-cold";

    /// <summary>The bare handler with fewer subscriptions, for <c>--small</c>.</summary>
    public const string RuntimeSmall = "runtime-small";

    /// <summary>Our silo with fewer subscriptions, for <c>--small</c>.</summary>
    public const string OrleansSmall = "orleans-small";

    public static IReadOnlyList<string> All { get; } =
        [Baseline, Journal, Runtime, Sqlite, Http, Constant, Bulk, BillingDay, WithStatistics, WithoutStatistics, Cold, StartUp, Size,
            StockOrleans, Orleans, OrleansBillingDay, OrleansCold, Usage];
}
