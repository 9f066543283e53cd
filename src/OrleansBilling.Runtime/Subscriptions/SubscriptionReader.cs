using System.Runtime.CompilerServices;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>A subscription and the terms that it runs on.</summary>
public sealed record SubscriptionView(Subscription State, OfferTerms Terms);

/// <summary>An event and its sequence in the history.</summary>
/// <param name="Sequence">The version that it produced.</param>
/// <param name="Event">What happened.</param>
public sealed record RecordedEvent(long Sequence, SubscriptionEvent Event);

/// <summary>
/// Reads subscriptions from the journal, never from a live grain: memory follows disk, so only the disk shows what was
/// acknowledged. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public sealed class SubscriptionReader(IJournal journal, CatalogCache catalog)
{
    private readonly HistoryReader histories = new(journal);

    /// <summary>Changes whenever edits of the catalog became known.</summary>
    internal int CatalogEdits => catalog.Edits;

    /// <summary>Learns now and then what was edited in the catalog.</summary>
    internal ValueTask RefreshCatalogAsync(CancellationToken cancellationToken) => catalog.RefreshAsync(cancellationToken);

    /// <summary>The current subscription, or null.</summary>
    public async ValueTask<SubscriptionView?> FindAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        var stored = await journal.LoadAsync(subscriptionId, cancellationToken);
        return stored is null ? null : await DecodeAsync(stored, cancellationToken);
    }

    /// <summary>The subscription as of an instant; null before its creation.</summary>
    public ValueTask<SubscriptionView?> FindAsOfAsync(string subscriptionId, Instant asOf, CancellationToken cancellationToken) =>
        RebuildAsync(subscriptionId, new HistoryPoint.AsOf(asOf), cancellationToken);

    /// <summary>The subscription at a version; null when there is no such subscription.</summary>
    public ValueTask<SubscriptionView?> FindAtVersionAsync(string subscriptionId, long version, CancellationToken cancellationToken) =>
        RebuildAsync(subscriptionId, new HistoryPoint.AtVersion(version), cancellationToken);

    /// <summary>All events in memory, oldest first, for audits. Code that serves a request reads a stream.</summary>
    public async ValueTask<IReadOnlyList<RecordedEvent>> ReadHistoryAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        var history = new List<RecordedEvent>();
        await foreach (var stored in histories.ReadAsync(subscriptionId, 0, withoutUsage: false, cancellationToken))
            history.Add(Recorded(stored));
        return history;
    }

    /// <summary>A stream of events except usage, oldest first. Decodes only the wanted types.</summary>
    public async IAsyncEnumerable<RecordedEvent> ReadWithoutUsageAsync(
        string subscriptionId, Func<Type, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        await foreach (var stored in histories.ReadAsync(subscriptionId, 0, withoutUsage: true, cancellationToken))
        {
            if (isWanted(EventTypes.TypeOf(stored.Type))) yield return Recorded(stored);
        }
    }

    /// <summary>Decodes a stored snapshot and finds its terms.</summary>
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
    /// <exception cref="InvalidOperationException">The catalog lacks the terms, although a subscription was sold with them.</exception>
    public ValueTask<OfferTerms> TermsOfAsync(Subscription state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        return TermsAsync(state.Id, state.OfferId, state.OfferVersion, cancellationToken);
    }

    /// <summary>The terms of the scheduled change; null when none is scheduled.</summary>
    /// <exception cref="InvalidOperationException">The catalog lacks the terms.</exception>
    public ValueTask<OfferTerms?> ScheduledTermsOfAsync(Subscription? state, CancellationToken cancellationToken)
    {
        return state?.ScheduledChange is { } change ? Find(change) : default;

        async ValueTask<OfferTerms?> Find(ScheduledChange scheduled) =>
            await TermsAsync(state.Id, scheduled.OfferId, scheduled.OfferVersion, cancellationToken);
    }

    /// <summary>Every invoice of a subscription, as of a version.</summary>
    public async ValueTask<IReadOnlyList<Invoice>> ReadInvoicesAsync(
        string subscriptionId, long version, CancellationToken cancellationToken)
    {
        var invoices = new List<Invoice>();
        await foreach (var stored in histories.ReadAsync(subscriptionId, 0, withoutUsage: true, cancellationToken))
        {
            if (stored.Sequence > version) break;
            InvoiceBook.Apply(invoices, SubscriptionCodec.Decode(stored));
        }

        return invoices;
    }

    private async ValueTask<OfferTerms> TermsAsync(
        string subscriptionId, string offerId, int version, CancellationToken cancellationToken) =>
        await catalog.FindTermsAsync(offerId, version, cancellationToken)
        ?? throw new InvalidOperationException(
            $"Subscription '{subscriptionId}' names offer '{offerId}' version {version}, which is not stored.");

    private async ValueTask<SubscriptionView?> RebuildAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken)
    {
        var state = await histories.RebuildAsync(subscriptionId, until, cancellationToken);
        return state is null ? null : new SubscriptionView(state, await TermsOfAsync(state, cancellationToken));
    }

    private static RecordedEvent Recorded(in StoredEvent stored) => new(stored.Sequence, SubscriptionCodec.Decode(stored));
}
