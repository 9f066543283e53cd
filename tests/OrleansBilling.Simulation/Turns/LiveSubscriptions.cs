using System.Collections.Concurrent;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Simulation.Turns;

/// <summary>
/// The subscriptions in memory, up to a fixed number. Beyond it, the oldest one not used since the last sweep is
/// evicted (second chance). An eviction costs one read later, because everything that matters is on disk. A subscription that
/// was loaded only for due work leaves as soon as that work is done. So a billing day of millions evicts at most as many others
/// as there are wakes in flight, and its subscriptions do not reach generation 2, where collecting them is expensive.
/// </summary>
internal sealed class LiveSubscriptions(int max, SubscriptionHandlerServices services)
{
    private readonly ConcurrentDictionary<string, LiveSubscription> byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LiveSubscription> byAge = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <param name="id">The subscription.</param>
    /// <param name="passing">Whether only the runtime asks for it.</param>
    public LiveSubscription GetOrAdd(string id, bool passing)
    {
        if (!byId.TryGetValue(id, out var live))
        {
            var added = new LiveSubscription(id, services);
            live = byId.GetOrAdd(id, added);

            // Make room before the newcomer joins the queue: it must not be the one to leave.
            if (ReferenceEquals(live, added))
            {
                BillingTelemetry.LiveSubscriptions.Add(1);
                if (Interlocked.Increment(ref count) > max) Sweep();
            }
        }

        if (passing) return live;
        live.Used = true;
        if (live.TryStay()) byAge.Enqueue(live);
        return live;
    }

    /// <summary>Evicts a subscription that only the runtime asked for, unless it has a turn.</summary>
    public void Release(LiveSubscription subscription)
    {
        if (!subscription.Stays && subscription.Turns.TryRetire()) Remove(subscription);
    }

    /// <summary>The same by id; does nothing when the subscription has already left.</summary>
    public void Release(string id)
    {
        if (byId.TryGetValue(id, out var live)) Release(live);
    }

    /// <summary>
    /// Evicts subscriptions over the limit. Looks at a bounded number: if all are busy or recently
    /// used, the limit gives way a little.
    /// </summary>
    private void Sweep()
    {
        for (var looked = 0; looked < 16 && Count > max && byAge.TryDequeue(out var oldest); looked++)
        {
            if (oldest.Used || !oldest.Turns.TryRetire())
            {
                oldest.Used = false;
                byAge.Enqueue(oldest);
                continue;
            }

            Remove(oldest);
        }
    }

    private void Remove(LiveSubscription retired)
    {
        if (!byId.TryRemove(new KeyValuePair<string, LiveSubscription>(retired.Id, retired))) return;
        Interlocked.Decrement(ref count);
        BillingTelemetry.LiveSubscriptions.Add(-1);
    }
}
