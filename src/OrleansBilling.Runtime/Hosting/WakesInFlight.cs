namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// The wakes of a pump that have no answer yet. They outlast the pass that sent them, so one that is never answered holds up
/// nobody. A subscription is woken once at a time. A silo that does not answer gets at most half of the room.
/// </summary>
/// <param name="max">The most wakes in flight.</param>
/// <param name="siloOf">Where a subscription lives; null if there is only one silo.</param>
internal sealed class WakesInFlight(int max, Func<string, object?>? siloOf)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, object?> silos = new(StringComparer.Ordinal);
    private readonly Dictionary<object, int> counts = [];
    private readonly OperationsInFlight all = new();
    private readonly int shareMax = Math.Max(1, max / 2);

    /// <summary>Completes when there is room for one more.</summary>
    public Task WhenRoomAsync(CancellationToken cancellationToken) => all.WhenAtMostAsync(max - 1, cancellationToken);

    /// <summary>Completes when every wake is answered.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => all.WhenIdleAsync(cancellationToken);

    /// <summary>Begins a wake. False if this subscription is already being woken, or its silo has its share of the room.</summary>
    public bool TryBegin(string subscriptionId)
    {
        var silo = siloOf?.Invoke(subscriptionId);
        lock (gate)
        {
            var count = silo is null ? 0 : counts.GetValueOrDefault(silo);
            if (count >= shareMax || !silos.TryAdd(subscriptionId, silo)) return false;
            if (silo is not null) counts[silo] = count + 1;
        }

        all.Begin();
        return true;
    }

    public void End(string subscriptionId)
    {
        lock (gate)
        {
            if (silos.Remove(subscriptionId, out var silo) && silo is not null && --counts[silo] == 0) counts.Remove(silo);
        }

        all.End();
    }
}
