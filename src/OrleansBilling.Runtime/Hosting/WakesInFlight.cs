namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// The wakes of a pump that have no answer yet. They outlast the pass that sent them, so one that is never answered holds up
/// nobody. A subscription is woken once at a time. A silo gets at most half of the room. If it is at its limit but answers, the
/// pump waits for it; if it has stopped answering, its subscriptions are left for later.
/// </summary>
/// <param name="max">The most wakes in flight.</param>
/// <param name="siloOf">Where a subscription lives; null if there is only one silo.</param>
internal sealed class WakesInFlight(int max, Func<string, object?>? siloOf, TimeProvider time)
{
    /// <summary>A silo at its limit that has not answered for this long counts as hung.</summary>
    private static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Share?> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<object, Share> shares = [];
    private readonly OperationsInFlight all = new();
    private readonly int shareMax = Math.Max(1, max / 2);
    private TaskCompletionSource? room;

    /// <summary>Completes when every wake is answered.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => all.WhenIdleAsync(cancellationToken);

    /// <summary>
    /// Waits for room and begins a wake. False if the subscription is already being woken, or if its silo hangs and
    /// <paramref name="leavesHung"/> is set.
    /// </summary>
    public async ValueTask<bool> BeginAsync(string subscriptionId, bool leavesHung, CancellationToken cancellationToken)
    {
        var silo = siloOf?.Invoke(subscriptionId);
        while (true)
        {
            Task free;
            lock (gate)
            {
                if (ids.ContainsKey(subscriptionId)) return false;
                var share = silo is null ? null : FindShare(silo);
                var isAtLimit = share?.Count >= shareMax;
                if (ids.Count < max && !isAtLimit)
                {
                    Add(subscriptionId, share);
                    return true;
                }

                if (leavesHung && isAtLimit && time.GetElapsedTime(share!.AnsweredAt) > HungAfter) return false;
                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                free = room.Task;
            }

            if (silo is null || !leavesHung)
            {
                await free.WaitAsync(cancellationToken);
                continue;
            }

            // Look again now and then, because a silo that hangs frees nothing.
            await free.WaitAsync(HungAfter, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void End(string subscriptionId)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            ids.Remove(subscriptionId, out var share);
            if (share is not null)
            {
                share.AnsweredAt = time.GetTimestamp();
                if (--share.Count == 0) shares.Remove(share.Silo);
            }

            (waiting, room) = (room, null);
        }

        all.End();
        waiting?.SetResult();
    }

    private Share FindShare(object silo) =>
        shares.TryGetValue(silo, out var share) ? share : new Share(silo) { AnsweredAt = time.GetTimestamp() };

    private void Add(string subscriptionId, Share? share)
    {
        ids.Add(subscriptionId, share);
        all.Begin();
        if (share is null) return;
        share.Count++;
        shares[share.Silo] = share;
    }

    /// <summary>The wakes in flight to one silo.</summary>
    private sealed class Share(object silo)
    {
        public object Silo => silo;

        public int Count { get; set; }

        /// <summary>When a wake to it last ended; at first, when it was first used.</summary>
        public long AnsweredAt { get; set; }
    }
}
