using System.Collections.Concurrent;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Embedded;

/// <summary>
/// The subscriptions in memory, at most a fixed number. When there are more, the oldest that was not used since the
/// last look leaves (second chance). Leaving costs nothing but a read: everything that counts is on disk.
/// </summary>
internal sealed class LiveSubscriptions(int max, SubscriptionHandlerServices services)
{
    private readonly ConcurrentDictionary<string, LiveSubscription> byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LiveSubscription> byAge = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    public LiveSubscription GetOrAdd(string id)
    {
        if (byId.TryGetValue(id, out var known))
        {
            known.Used = true;
            return known;
        }

        var added = new LiveSubscription(id, services);
        var live = byId.GetOrAdd(id, added);
        if (!ReferenceEquals(live, added)) return live;

        // Room is made before the newcomer joins the queue: it must not be the one to leave.
        BillingTelemetry.LiveSubscriptions.Add(1);
        if (Interlocked.Increment(ref count) > max) Sweep();
        byAge.Enqueue(added);
        return added;
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

            byId.TryRemove(new KeyValuePair<string, LiveSubscription>(oldest.Id, oldest));
            Interlocked.Decrement(ref count);
            BillingTelemetry.LiveSubscriptions.Add(-1);
        }
    }
}
