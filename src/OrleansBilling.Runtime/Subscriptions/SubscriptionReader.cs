using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>A subscription with the terms that it runs on.</summary>
/// <param name="State">The subscription.</param>
/// <param name="Terms">The offer version that it was sold with.</param>
public sealed record SubscriptionView(Subscription State, OfferTerms Terms);

/// <summary>An event with its place in the history.</summary>
/// <param name="Sequence">The version that it produced.</param>
/// <param name="Event">What happened.</param>
public sealed record RecordedEvent(long Sequence, SubscriptionEvent Event);

/// <summary>
/// Reads subscriptions from the journal, never from a live grain: memory follows disk, so disk is what was
/// acknowledged. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public sealed class SubscriptionReader(IJournal journal, CatalogCache catalog)
{
    private const int EventsPageMax = 1_000;

    /// <summary>The subscription as it stands, or null.</summary>
    public async ValueTask<SubscriptionView?> FindAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        var stored = await journal.LoadAsync(subscriptionId, cancellationToken);
        return stored is null ? null : await DecodeAsync(stored, cancellationToken);
    }

    /// <summary>The subscription as it was at an instant: the fold of what had happened by then; null before its creation.</summary>
    public ValueTask<SubscriptionView?> FindAsOfAsync(string subscriptionId, Instant asOf, CancellationToken cancellationToken) =>
        FoldAsync(subscriptionId, recorded => recorded.Event.At <= asOf, cancellationToken);

    /// <summary>The subscription as a version left it; null when there is no such subscription.</summary>
    public ValueTask<SubscriptionView?> FindAtVersionAsync(string subscriptionId, long version, CancellationToken cancellationToken) =>
        FoldAsync(subscriptionId, recorded => recorded.Sequence <= version, cancellationToken);

    /// <summary>Everything that happened, oldest first.</summary>
    public ValueTask<IReadOnlyList<RecordedEvent>> ReadHistoryAsync(string subscriptionId, CancellationToken cancellationToken) =>
        ReadHistoryAsync(subscriptionId, static _ => true, long.MaxValue, cancellationToken);

    /// <summary>What of a history is wanted, up to a version; the rest is read past, page by page, and not kept.</summary>
    private async ValueTask<IReadOnlyList<RecordedEvent>> ReadHistoryAsync(
        string subscriptionId, Func<StoredEvent, bool> isWanted, long version, CancellationToken cancellationToken)
    {
        var history = new List<RecordedEvent>();
        for (var after = 0L; ;)
        {
            var page = await journal.ReadEventsAsync(subscriptionId, after, EventsPageMax, cancellationToken);
            foreach (var stored in page)
            {
                if (stored.Sequence > version) return history;
                if (isWanted(stored)) history.Add(new RecordedEvent(stored.Sequence, SubscriptionCodec.Decode(stored)));
                after = stored.Sequence;
            }

            if (page.Count < EventsPageMax) return history;
        }
    }

    /// <summary>Up to <paramref name="limit"/> events behind a sequence, oldest first.</summary>
    public async ValueTask<IReadOnlyList<RecordedEvent>> ReadEventsAsync(string subscriptionId, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        var page = await journal.ReadEventsAsync(subscriptionId, afterSequence, limit, cancellationToken);
        return [.. page.Select(stored => new RecordedEvent(stored.Sequence, SubscriptionCodec.Decode(stored)))];
    }

    /// <summary>A stored snapshot with its terms.</summary>
    public async ValueTask<SubscriptionView> DecodeAsync(StoredSubscription stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var (state, _) = SubscriptionCodec.Decode(stored.State);
        return new SubscriptionView(state, await TermsOfAsync(state, cancellationToken));
    }

    /// <summary>Whether a stored subscription remembers an idempotency key.</summary>
    public async ValueTask<bool> RemembersAsync(StoredSubscription stored, IdempotencyKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var (_, memory) = SubscriptionCodec.Decode(stored.State);
        return await new CommandKeys(memory).FindAsync(key.Key, stored.SubscriptionId, journal, cancellationToken) is not null;
    }

    /// <summary>The terms that a subscription runs on.</summary>
    /// <exception cref="InvalidOperationException">The catalog lacks them, although a subscription was sold with them.</exception>
    public ValueTask<OfferTerms> TermsOfAsync(Subscription state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        return TermsAsync(state.Id, state.OfferId, state.OfferVersion, cancellationToken);
    }

    /// <summary>The terms of the change that is scheduled; null when none is.</summary>
    /// <exception cref="InvalidOperationException">The catalog lacks them.</exception>
    public ValueTask<OfferTerms?> ScheduledTermsOfAsync(Subscription? state, CancellationToken cancellationToken)
    {
        return state?.ScheduledChange is { } change ? Find(change) : default;

        async ValueTask<OfferTerms?> Find(ScheduledChange scheduled) =>
            await TermsAsync(state.Id, scheduled.OfferId, scheduled.OfferVersion, cancellationToken);
    }

    /// <summary>Every invoice of a subscription as a version left them.</summary>
    public async ValueTask<IReadOnlyList<Invoice>> ReadInvoicesAsync(string subscriptionId, long version, CancellationToken cancellationToken)
    {
        var history = await ReadHistoryAsync(subscriptionId, static stored => stored.Type != SubscriptionCodec.UsageType, version, cancellationToken);
        return InvoiceBook.Fold(history.Select(recorded => recorded.Event));
    }

    private async ValueTask<OfferTerms> TermsAsync(string subscriptionId, string offerId, int version, CancellationToken cancellationToken) =>
        await catalog.FindTermsAsync(offerId, version, cancellationToken)
        ?? throw new InvalidOperationException($"Subscription '{subscriptionId}' names offer '{offerId}' version {version}, which is not stored.");

    private async ValueTask<SubscriptionView?> FoldAsync(string subscriptionId, Func<RecordedEvent, bool> happened, CancellationToken cancellationToken)
    {
        var history = await ReadHistoryAsync(subscriptionId, cancellationToken);
        var state = SubscriptionEvolution.Fold(history.TakeWhile(happened).Select(recorded => recorded.Event));
        return state is null ? null : new SubscriptionView(state, await TermsOfAsync(state, cancellationToken));
    }
}
