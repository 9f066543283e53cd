using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Silo.Wire;

/// <summary>How a silo is doing, for other processes.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.silo_report")]
internal sealed class SiloReport
{
    [Id(0)]
    public string Version { get; init; } = "";

    [Id(1)]
    public int Grains { get; init; }

    [Id(2)]
    public bool DatabaseAnswers { get; init; }

    [Id(3)]
    public long CommitsWaiting { get; init; }

    [Id(4)]
    public int PaymentsWaiting { get; init; }

    [Id(5)]
    public long Quarantined { get; init; }

    [Id(6)]
    public ImmutableArray<PumpReport> Pumps { get; init; } = [];

    public static SiloReport Of(SiloFigures figures) => new()
    {
        Version = figures.Version,
        Grains = figures.Grains,
        DatabaseAnswers = figures.DatabaseAnswers,
        CommitsWaiting = figures.CommitsWaiting,
        PaymentsWaiting = figures.PaymentsWaiting,
        Quarantined = figures.Quarantined,
        Pumps = [.. figures.Pumps.Select(pump => new PumpReport
        {
            Group = pump.Group, ReadAt = pump.ReadAt.ToUnixTimeMilliseconds(), OldestDueAge = pump.OldestDueAge,
        })],
    };

    public SiloFigures ToFigures() => new(
        Version, Grains, DatabaseAnswers, CommitsWaiting, PaymentsWaiting, Quarantined,
        [.. Pumps.Select(pump => new PumpFigures(pump.Group, Instant.FromUnixTimeMilliseconds(pump.ReadAt), pump.OldestDueAge))]);
}

/// <summary>How a pump is doing, for other processes.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.pump_report")]
internal sealed class PumpReport
{
    [Id(0)]
    public int Group { get; init; }

    /// <summary>In milliseconds since 1970.</summary>
    [Id(1)]
    public long ReadAt { get; init; }

    [Id(2)]
    public TimeSpan OldestDueAge { get; init; }
}
