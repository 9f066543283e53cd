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

    public bool Wants(string way) => Only.Count == 0 || Only.Contains(way);
}

/// <summary>Names of the ways, as <c>--only</c> takes them and as figures bear them.</summary>
internal static class WayNames
{
    public const string Baseline = "baseline";
    public const string Journal = "journal";
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

    /// <summary>Stored subscriptions brought to life on our silo.</summary>
    public const string OrleansCold = "orleans-cold";

    /// <summary>The runtime on fewer subscriptions; asked for by <c>--small</c>.</summary>
    public const string RuntimeSmall = "runtime-small";

    /// <summary>Those that only a build with Orleans has.</summary>
    public static IReadOnlyList<string> OnOrleans { get; } = [StockOrleans, Orleans, OrleansCold];

    public static IReadOnlyList<string> All { get; } =
        [Baseline, Journal, Runtime, Sqlite, Http, Constant, Bulk, BillingDay, WithStatistics, WithoutStatistics, Cold, StartUp, Size,
            .. OnOrleans];
}
