using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Notifications;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Everything that one decision makes durable at once: snapshot, events, due time, statistics, balances, messages,
/// documents.
/// </summary>
internal static class CommitBuilder
{
    public static JournalCommit Build(
        string subscriptionId, StateOnTerms before, in Decision decision, OfferTerms? scheduledTerms, in KeysToCommit keys,
        bool countsStatistics)
    {
        var after = decision.State!;
        var version = before.State?.Version ?? 0;
        var events = new StoredEvent[decision.Events.Count];
        var deltas = new List<StatisticDelta>(4);
        var consequences = new Consequences();
        var step = before;
        for (var n = 0; n < events.Length; n++)
        {
            var e = decision.Events[n];
            var next = new StateOnTerms(
                n == events.Length - 1 ? after : SubscriptionEvolution.Evolve(step.State, e),
                e is SubscriptionEvent.PlanChanged changed ? TermsOf(changed, step.Terms, scheduledTerms, decision.Terms!) : step.Terms);
            if (countsStatistics) StatisticRules.Collect(step.State, e, next.State!, step.Terms, next.Terms, deltas);
            consequences.Add(e, version + n + 1, next);
            events[n] = SubscriptionCodec.Encode(e, version + n + 1);
            step = next;
        }

        var snapshot = SubscriptionCodec.Encode(after, keys.Memory);
        return new JournalCommit
        {
            SubscriptionId = subscriptionId,
            ExpectedVersion = version,
            NewVersion = after.Version,
            State = snapshot,
            DueAt = DueWork.Next(after)?.At,
            Events = events,
            Directory = before.State?.Status == after.Status && before.State?.OfferId == after.OfferId ? null : EntryOf(step),
            Deltas = deltas,
            Balances = consequences.Balances,
            Messages = consequences.Messages,
            Documents = consequences.Documents,
            UsageKeys = decision.UsageKeys,
            Checkpoint = !CheckpointRules.IsDue(version, events)
                ? null
                : keys.Memory.IsEmpty ? snapshot : SubscriptionCodec.Encode(after, CommandMemory.Empty),
            KeyPage = keys.Left.IsEmpty ? null : SubscriptionCodec.EncodePage(keys.Left),
            KeyPagesExpired = keys.ExpiredUpTo,
        };
    }

    /// <summary>A decision changes plan twice at most: what was scheduled, and then what is asked for.</summary>
    private static OfferTerms TermsOf(SubscriptionEvent.PlanChanged change, OfferTerms present, OfferTerms? scheduled, OfferTerms last)
    {
        if (Are(last)) return last;
        if (scheduled is not null && Are(scheduled)) return scheduled;
        return Are(present)
            ? present
            : throw new InvalidOperationException(
                $"The terms of offer '{change.OfferId}' version {change.OfferVersion} took no part in the decision.");

        bool Are(OfferTerms terms) => terms.Offer.Id == change.OfferId && terms.Offer.Version == change.OfferVersion;
    }

    private static DirectoryEntry EntryOf(in StateOnTerms s) =>
        new(s.State!.Status, s.Terms.Product.SellerId, s.Terms.Product.Id, s.Terms.Plan.Id, s.Terms.Offer.Id, s.State.Customer.Id);
}

/// <summary>A subscription, or none yet, with the terms that it runs on.</summary>
internal readonly record struct StateOnTerms(Subscription? State, OfferTerms Terms);

/// <summary>What events lead to outside of the subscription itself; most commands lead to nothing and allocate nothing.</summary>
internal struct Consequences()
{
    private List<BalanceDelta>? balances;
    private List<IssuedDocument>? documents;
    private List<OutboxMessage>? messages;

    public readonly IReadOnlyList<BalanceDelta> Balances => (IReadOnlyList<BalanceDelta>?)balances ?? [];

    public readonly IReadOnlyList<IssuedDocument> Documents => (IReadOnlyList<IssuedDocument>?)documents ?? [];

    public readonly IReadOnlyList<OutboxMessage> Messages => (IReadOnlyList<OutboxMessage>?)messages ?? [];

    public void Add(SubscriptionEvent e, long sequence, in StateOnTerms after)
    {
        foreach (var posting in Postings.Of(e))
        {
            if (posting.Party is { } party)
                (balances ??= new(2))
                    .Add(new BalanceDelta(
                        new BalanceKey(after.Terms.Product.SellerId, party, after.Terms.Offer.Currency), -posting.Amount));
        }

        if (DocumentOf(e, after.Terms.Product.SellerId) is { } document) (documents ??= new(1)).Add(document);
        if (Notices.Of(e, sequence, after.State!, after.Terms) is { } message) (messages ??= new(1)).Add(message);
    }

    private static IssuedDocument? DocumentOf(SubscriptionEvent e, string sellerId) => e switch
    {
        SubscriptionEvent.RecurrenceStarted x => new IssuedDocument(DocumentKind.Invoice, x.Invoice.Number, sellerId),
        SubscriptionEvent.InvoiceIssued x => new IssuedDocument(DocumentKind.Invoice, x.Invoice.Number, sellerId),
        SubscriptionEvent.RefundSucceeded x => new IssuedDocument(DocumentKind.CreditNote, x.CreditNote, sellerId),
        SubscriptionEvent.CreditGranted x => new IssuedDocument(DocumentKind.CreditNote, x.CreditNote, sellerId),
        _ => null,
    };
}
