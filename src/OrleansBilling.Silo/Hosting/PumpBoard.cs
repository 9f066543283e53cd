using System.Collections.Concurrent;
using NodaTime;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Silo.Hosting;

/// <summary>The due pumps of this silo, for its watch, its metrics and those who ask how it is.</summary>
internal sealed class PumpBoard : IDisposable
{
    private readonly ConcurrentDictionary<int, Entry> pumps = new();
    private readonly TimeProvider time;
    private readonly IDisposable measuring;

    public PumpBoard(TimeProvider time)
    {
        this.time = time;
        measuring = BillingTelemetry.ObservePumps(Measure);
    }

    /// <summary>Subscriptions in quarantine in the whole database, as a pump of this silo last saw it.</summary>
    public long Quarantined => pumps.Values.Select(entry => entry.Pump.Quarantined).DefaultIfEmpty(0).Max();

    /// <param name="dismiss">Ends the pump's grain.</param>
    public void Add(int group, DuePump pump, Action dismiss) => pumps[group] = new Entry(pump, dismiss);

    /// <summary>Removes a pump, unless its group already has a newer one.</summary>
    public void Remove(int group, DuePump pump)
    {
        if (pumps.TryGetValue(group, out var entry) && entry.Pump == pump) pumps.TryRemove(KeyValuePair.Create(group, entry));
    }

    /// <summary>The pump of a group; null if it is not here.</summary>
    public DuePump? Find(int group) => pumps.GetValueOrDefault(group)?.Pump;

    /// <summary>Ends the pump of a group that belongs to another silo, if it is here.</summary>
    public void Dismiss(int group) => pumps.GetValueOrDefault(group)?.Dismiss();

    /// <summary>The pumps that have read due work here, in the order of their groups.</summary>
    public IEnumerable<PumpFigures> Read() =>
        from one in Measure()
        orderby one.Group
        select new PumpFigures(one.Group, Instant.FromDateTimeOffset(time.GetUtcNow() - one.Read), one.OldestDue);

    public void Dispose() => measuring.Dispose();

    private IEnumerable<PumpAges> Measure() =>
        from pair in pumps
        let pump = pair.Value.Pump
        let pulse = pump.Pulse
        where pulse is not null
        select new PumpAges(pair.Key, time.GetElapsedTime(pulse.Value.ActiveAt), pulse.Value.OldestDueAge, pump.Quarantined);

    private sealed record Entry(DuePump Pump, Action Dismiss);
}
