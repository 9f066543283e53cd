using System.Collections.Concurrent;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Simulation.Turns;

/// <summary>
/// The subscriptions in memory, at most a fixed number. When there are more, the oldest that was not used since the
/// last look leaves (second chance). Leaving costs nothing but a read: everything that counts is on disk. What only its
/// due time woke passes through: it leaves as soon as its work is done, so that a billing day of millions neither pushes
/// out more of those that callers ask for than are under way at a time, nor grows old in memory, where it would be dear
/// to collect.
/// </summary>
internal sealed class LiveSubscriptions(int max, SubscriptionHandlerServices services)
{
    private readonly ConcurrentDictionary<string, LiveSubscription> byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LiveSubscription> byAge = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    /// <param name="id">Which.</param>
    /// <param name="passing">Whether only the runtime asks for it.</param>
    public LiveSubscription GetOrAdd(string id, bool passing)
    {
        if (!byId.TryGetValue(id, out var live))
        {
            var added = new LiveSubscription(id, services);
            live = byId.GetOrAdd(id, added);

            // Room is made before the newcomer joins the queue: it must not be the one to leave.
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

    /// <summary>Lets one go that nobody but the runtime asked for, unless it has a turn.</summary>
    public void Release(LiveSubscription subscription)
    {
        if (!subscription.Stays && subscription.Turns.TryRetire()) Remove(subscription);
    }

    /// <summary>The same, by its id, of one that may have left already.</summary>
    public void Release(string id)
    {
        if (byId.TryGetValue(id, out var live)) Release(live);
    }

    /// <summary>Makes room. Looks at a bounded number: when all are busy or just used, the bound gives way a little.</summary>
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
