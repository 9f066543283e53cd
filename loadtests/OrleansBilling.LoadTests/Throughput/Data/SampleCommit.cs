using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Throughput.Ways;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>
/// The rows that one command writes, taken from a stored subscription: a snapshot, an event and an unchanged due time. The
/// command changes no counter and no directory column, so there are no such rows. Ways without a runtime write these same
/// bytes for every subscription.
/// </summary>
internal sealed record SampleCommit(byte[] State, Instant DueAt, Instant At, string EventType, byte[] EventData)
{
    public static async Task<SampleCommit> TakeAsync(IJournal journal, string subscriptionId, CancellationToken cancellationToken)
    {
        var stored = await journal.LoadAsync(subscriptionId, cancellationToken)
            ?? throw new LoadTestException($"Subscription {subscriptionId} is not stored.");
        var (state, _) = SubscriptionCodec.Decode(stored.State);
        if (state.Status != SubscriptionStatus.Active)
            throw new LoadTestException($"Subscription {subscriptionId} is {state.Status}, not active.");
        var changed = new SubscriptionEvent.PaymentMethodChanged { At = state.UpdatedAt, Token = PaymentMethodRequest.Tokens[0] };
        var after = SubscriptionEvolution.Evolve(state, changed);
        var recorded = SubscriptionCodec.Encode(changed, after.Version);
        return new SampleCommit(
            SubscriptionCodec.Encode(after, CommandMemory.Empty), DueWork.Next(after)!.Value.At, changed.At, recorded.Type, recorded.Data);
    }

    /// <summary>The commit for a subscription at <paramref name="version"/>.</summary>
    public JournalCommit For(string subscriptionId, long version) => new()
    {
        SubscriptionId = subscriptionId,
        ExpectedVersion = version,
        NewVersion = version + 1,
        State = State,
        DueAt = DueAt,
        Events = [new StoredEvent(version + 1, At, EventType, EventData)],
        Directory = null,
        Deltas = [],
    };
}
