using NodaTime;
using OrleansBilling.LoadTests.Scenarios.Systems;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>What <c>scenario</c> was asked.</summary>
internal sealed record ScenarioOptions
{
    /// <summary>The most products of a marketplace.</summary>
    public const int ProductsMax = 5_000;

    /// <summary>Which scenarios, by name.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>Which ways in, one run each.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Open or closed loop.</summary>
    public required string Loop { get; init; }

    /// <summary>Arrivals a second of the open loop.</summary>
    public required double Rate { get; init; }

    /// <summary>How long is measured; scenarios with an end of their own may take longer.</summary>
    public required int Seconds { get; init; }

    /// <summary>How long commands are sent before that.</summary>
    public required int WarmUp { get; init; }

    /// <summary>Stored subscriptions; null for the scenario's own number.</summary>
    public required int? Subscriptions { get; init; }

    /// <summary>Callers of the closed loop, and lines unanswered at most.</summary>
    public required int Callers { get; init; }

    /// <summary>Commands in flight at most in the open loop.</summary>
    public required int InFlight { get; init; }

    /// <summary>Connections with one request at a time each.</summary>
    public required int Connections { get; init; }

    /// <summary>Streams of lines.</summary>
    public required int Streams { get; init; }

    /// <summary>Commit lanes in process.</summary>
    public required int Lanes { get; init; }

    /// <summary>Gateways on one database.</summary>
    public required int Gateways { get; init; }

    /// <summary>Silos behind them, each a process; 0 for gateways that are silos themselves.</summary>
    public required int Silos { get; init; }

    /// <summary>Products of the marketplace.</summary>
    public required int Products { get; init; }

    /// <summary>Zipf's exponent of their popularity.</summary>
    public required double Zipf { get; init; }

    /// <summary>How long due work may take after the load; then it counts as left behind.</summary>
    public required int Drain { get; init; }

    /// <summary>Of all dice.</summary>
    public required int Seed { get; init; }

    /// <summary>The directory in which reports go; null for nowhere.</summary>
    public required string? Report { get; init; }

    /// <summary>Gateways that somebody else started; none for servers of our own.</summary>
    public IReadOnlyList<GatewayAddress> Urls { get; init; } = [];

    /// <summary>The stand-alone payment simulator that those gateways charge with; null where it is not known.</summary>
    public Uri? Provider { get; init; }

    /// <summary>Which of several machines this one is.</summary>
    public MachineShare Machine { get; init; } = MachineShare.Alone;

    /// <summary>When load begins; null for as soon as everything is ready.</summary>
    public Instant? StartAt { get; init; }

    /// <summary>The file in which the latencies go; null for nowhere.</summary>
    public string? Histogram { get; init; }

    /// <summary>What this machine takes of it, by dice of its own.</summary>
    public ScenarioOptions OfMachine() => this with
    {
        Rate = Rate / Machine.Of, Products = Math.Max(1, Machine.ShareOf(Products)), Seed = Seed + Machine.Number - 1,
    };

    public TimeSpan Measured => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmingUp => TimeSpan.FromSeconds(WarmUp);
}

/// <summary>Ways in, as <c>--target</c> takes them.</summary>
internal static class TargetNames
{
    /// <summary>The bare handler in this process, a yardstick.</summary>
    public const string Runtime = "runtime";

    /// <summary>A silo in this process, and its client; no HTTP.</summary>
    public const string Silo = "silo";

    public const string Http = "http";
    public const string Bulk = "bulk";

    public static IReadOnlyList<string> All { get; } = [Runtime, Silo, Http, Bulk];

    public static bool IsInProcess(string target) => target is Runtime or Silo;
}

/// <summary>Loops, as <c>--loop</c> takes them.</summary>
internal static class LoopNames
{
    public const string Open = "open";
    public const string Closed = "closed";

    public static IReadOnlyList<string> All { get; } = [Open, Closed];
}
