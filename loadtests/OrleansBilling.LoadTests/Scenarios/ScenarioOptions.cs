using NodaTime;
using OrleansBilling.LoadTests.Scenarios.Systems;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>The arguments of <c>scenario</c>.</summary>
internal sealed record ScenarioOptions
{
    /// <summary>Maximum number of products.</summary>
    public const int ProductsMax = 5_000;

    /// <summary>The scenarios to run, by name.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>The targets, one run each.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Open or closed loop.</summary>
    public required string Loop { get; init; }

    /// <summary>Open loop: arrivals per second.</summary>
    public required double Rate { get; init; }

    /// <summary>Length of the measurement; scenarios that run to an end may take longer.</summary>
    public required int Seconds { get; init; }

    /// <summary>Seconds of warm-up before that.</summary>
    public required int WarmUp { get; init; }

    /// <summary>Stored subscriptions; null for the scenario's default.</summary>
    public required int? Subscriptions { get; init; }

    /// <summary>Closed loop: callers. With lines: maximum of unanswered lines.</summary>
    public required int Callers { get; init; }

    /// <summary>Open loop: maximum of commands in flight.</summary>
    public required int InFlight { get; init; }

    /// <summary>Connections, one request at a time each.</summary>
    public required int Connections { get; init; }

    /// <summary>Streams of lines.</summary>
    public required int Streams { get; init; }

    /// <summary>Commit lanes for runs in this process.</summary>
    public required int Lanes { get; init; }

    /// <summary>Gateways on one database.</summary>
    public required int Gateways { get; init; }

    /// <summary>Silo processes behind the gateways; 0 for gateways that are also silos.</summary>
    public required int Silos { get; init; }

    public required int Products { get; init; }

    /// <summary>Zipf exponent of product popularity.</summary>
    public required double Zipf { get; init; }

    /// <summary>Maximum of seconds for due work after the load; work that takes longer fails the run.</summary>
    public required int Drain { get; init; }

    /// <summary>Seed of all random choices.</summary>
    public required int Seed { get; init; }

    /// <summary>Directory for reports; null for none.</summary>
    public required string? Report { get; init; }

    /// <summary>Gateways that already run; empty to start our own servers.</summary>
    public IReadOnlyList<GatewayAddress> Urls { get; init; } = [];

    /// <summary>The stand-alone payment simulator that those gateways use; null when it is not known.</summary>
    public Uri? Provider { get; init; }

    /// <summary>The number of this machine among several.</summary>
    public MachineShare Machine { get; init; } = MachineShare.Alone;

    /// <summary>When the load starts; null for as soon as everything is ready.</summary>
    public Instant? StartAt { get; init; }

    /// <summary>File for the latencies; null for none.</summary>
    public string? Histogram { get; init; }

    /// <summary>The options of this machine: its share of the load, with its own seed.</summary>
    public ScenarioOptions OfMachine() => this with
    {
        Rate = Rate / Machine.Of, Products = Math.Max(1, Machine.ShareOf(Products)), Seed = Seed + Machine.Number - 1,
    };

    public TimeSpan Measured => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmingUp => TimeSpan.FromSeconds(WarmUp);
}

/// <summary>The values of <c>--target</c>.</summary>
internal static class TargetNames
{
    /// <summary>The bare handler in this process, as a baseline.</summary>
    public const string Runtime = "runtime";

    /// <summary>A silo and its client in this process; no HTTP.</summary>
    public const string Silo = "silo";

    public const string Http = "http";
    public const string Bulk = "bulk";

    public static IReadOnlyList<string> All { get; } = [Runtime, Silo, Http, Bulk];

    public static bool IsInProcess(string target) => target is Runtime or Silo;
}

/// <summary>The values of <c>--loop</c>.</summary>
internal static class LoopNames
{
    public const string Open = "open";
    public const string Closed = "closed";

    public static IReadOnlyList<string> All { get; } = [Open, Closed];
}
