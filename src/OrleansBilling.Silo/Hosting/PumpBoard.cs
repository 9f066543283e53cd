using System.Collections.Concurrent;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Silo.Hosting;

/// <summary>The due pumps of this silo, for its watch, its metrics and those who ask how it is.</summary>
internal sealed class PumpBoard : IDisposable
{
    private readonly ConcurrentDictionary<int, DuePump> pumps = new();
    private readonly TimeProvider time;
    private readonly IDisposable measuring;

    public PumpBoard(TimeProvider time)
    {
        this.time = time;
        measuring = BillingTelemetry.ObserveDueGroups(Measure);
    }

    public void Add(int group, DuePump pump) => pumps[group] = pump;

    /// <summary>Removes a pump, unless its group already has a newer one.</summary>
    public void Remove(int group, DuePump pump) => pumps.TryRemove(KeyValuePair.Create(group, pump));

    /// <summary>The pump of a group; null if it is not here.</summary>
    public DuePump? Find(int group) => pumps.GetValueOrDefault(group);

    public void Dispose() => measuring.Dispose();

    private IEnumerable<DueGroupFigures> Measure() =>
        from pair in pumps
        let pulse = pair.Value.Pulse
        where pulse is not null
        select new DueGroupFigures(pair.Key, time.GetElapsedTime(pulse.ReadAt), pulse.OldestDueAge);
}
