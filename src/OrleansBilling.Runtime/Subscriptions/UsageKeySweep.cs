using System.Text.Json;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Forgets the keys of old usage, little by little. Usage that is older than what is kept, or than what was ever forgotten, is refused,
/// so nothing is counted twice. A key that is still needed, such as a user of a yearly period, gets another day and is looked at again
/// when that is old. Two processes at once do no harm.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="journal">The subscriptions: their state says whether a unique key is still needed.</param>
/// <param name="retention">How long keys are kept.</param>
/// <param name="clock">Business time.</param>
public sealed class UsageKeySweep(IUsageKeys keys, IJournal journal, Duration retention, IClock clock)
{
    /// <summary>Looks at up to <see cref="IUsageKeys.SliceMax"/> old keys. Returns how many those were.</summary>
    public async ValueTask<int> SliceAsync(CancellationToken cancellationToken)
    {
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

        if (forgotten.Count > 0) await keys.ForgetAsync(forgotten, before, cancellationToken);
        if (kept.Count > 0) await keys.KeepAsync(kept, now, cancellationToken);
        return old.Count;
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
