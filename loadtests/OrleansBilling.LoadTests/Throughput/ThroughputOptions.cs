using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Data;

namespace OrleansBilling.LoadTests.Throughput;

/// <summary>What <c>throughput</c> was asked.</summary>
internal sealed record ThroughputOptions
{
    /// <summary>How long each way is measured, after its warm-up.</summary>
    public required int Seconds { get; init; }

    /// <summary>Stored subscriptions, on PostgreSQL.</summary>
    public required int Subscriptions { get; init; }

    /// <summary>A second, smaller number of stored subscriptions, to hold the cost of a command against; null for none.</summary>
    public required int? Small { get; init; }

    /// <summary>Commands in flight at most, in process and as lines.</summary>
    public required int Callers { get; init; }

    /// <summary>Connections that carry one request at a time.</summary>
    public required int Connections { get; init; }

    /// <summary>Commit lanes.</summary>
    public required int Lanes { get; init; }

    /// <summary>Streams of lines.</summary>
    public required int Streams { get; init; }

    /// <summary>Ways to measure; all for none.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>The directory in which the report goes; null for nowhere.</summary>
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

/// <summary>Names of the ways, as <c>--only</c> takes them and as figures bear them.</summary>
internal static class WayNames
{
    public const string Baseline = "baseline";
    public const string Journal = "journal";

    /// <summary>The bare handler: a host of turns, without Orleans.</summary>
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

    /// <summary>Grains in Orleans' own storage.</summary>
    public const string StockOrleans = "stock-orleans";

    /// <summary>Our silo.</summary>
    public const string Orleans = "orleans";

    /// <summary>All due at once, on our silo.</summary>
    public const string OrleansBillingDay = "orleans-billing-day";

    /// <summary>The bare handler's, on commits that carry no statistics; measured where both are asked for.</summary>
    public const string BillingDayUncounted = $"{BillingDay}, {WithoutStatistics}";

    /// <summary>Usage in bursts to the same subscriptions, on our silo.</summary>
    public const string Usage = "usage";

    /// <summary>Stored subscriptions brought to life on our silo.</summary>
    public const string OrleansCold = "orleans-cold";

    /// <summary>The bare handler on fewer subscriptions; asked for by <c>--small</c>.</summary>
    public const string RuntimeSmall = "runtime-small";

    /// <summary>The same of our silo.</summary>
    public const string OrleansSmall = "orleans-small";

    public static IReadOnlyList<string> All { get; } =
        [Baseline, Journal, Runtime, Sqlite, Http, Constant, Bulk, BillingDay, WithStatistics, WithoutStatistics, Cold, StartUp, Size,
            StockOrleans, Orleans, OrleansBillingDay, OrleansCold, Usage];
}
