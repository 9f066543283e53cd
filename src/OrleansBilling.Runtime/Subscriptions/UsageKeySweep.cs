using System.Text.Json;
using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Forgets the keys of old usage, little by little. Usage that is older than what is kept is refused, so nothing is counted twice. A key
/// that is still needed, such as a user of a yearly period, gets another day and is looked at again when that is old.
/// </summary>
public sealed class UsageKeySweep : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Between two transactions, so that commits are not held up.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    private readonly IUsageKeys keys;
    private readonly IJournal journal;
    private readonly Duration retention;
    private readonly IClock clock;
    private readonly Func<bool> isHere;
    private readonly BackgroundWork sweeping;

    /// <param name="keys">The keys.</param>
    /// <param name="journal">The subscriptions: their state says whether a unique key is still needed.</param>
    /// <param name="retention">How long keys are kept.</param>
    /// <param name="clock">Business time.</param>
    /// <param name="isHere">Whether this process does it. Two at once do no harm.</param>
    /// <param name="time">Operational time, to wait.</param>
    /// <param name="logger">Where it logs.</param>
    public UsageKeySweep(
        IUsageKeys keys, IJournal journal, Duration retention, IClock clock, Func<bool> isHere, TimeProvider time,
        ILogger<UsageKeySweep> logger)
    {
        (this.keys, this.journal, this.retention, this.clock, this.isHere) = (keys, journal, retention, clock, isHere);
        sweeping = new BackgroundWork("Forgetting old usage keys", SweepAsync, Interval, time, logger);
    }

    public void Start() => sweeping.Start(Interval);

    public async ValueTask DisposeAsync()
    {
        await sweeping.StopAsync();
        sweeping.Dispose();
    }

    /// <summary>Looks at one slice of old keys. Returns how long to wait before the next.</summary>
    public async Task<TimeSpan?> SweepAsync(CancellationToken cancellationToken)
    {
        if (!isHere()) return Interval;
        var now = clock.GetCurrentInstant();
        var before = now - retention;
        var old = await keys.FindOldAsync(before, IUsageKeys.SliceMax, cancellationToken);
        var (forgotten, kept) = (new List<UsageKey>(), new List<UsageKey>());
        var states = new Dictionary<string, Subscription?>(StringComparer.Ordinal);
        foreach (var key in old)
        {
            if (!states.TryGetValue(key.SubscriptionId, out var state))
                states.Add(key.SubscriptionId, state = await FindAsync(key.SubscriptionId, cancellationToken));
            (state is not null && SubscriptionDecider.MayForgetUsageKey(state, key.Key, before) ? forgotten : kept).Add(key);
        }

        if (forgotten.Count > 0) await keys.ForgetAsync(forgotten, cancellationToken);
        if (kept.Count > 0) await keys.KeepAsync(kept, now, cancellationToken);
        return old.Count == IUsageKeys.SliceMax ? Breath : Interval;
    }

    /// <summary>Null if it cannot be read. Its keys are kept, and the others do not wait for it.</summary>
    private async ValueTask<Subscription?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var stored = await journal.LoadAsync(id, cancellationToken);
        try
        {
            return stored is null ? null : SubscriptionCodec.Decode(stored.State).State;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
