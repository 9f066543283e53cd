using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Notifications;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Everything that one decision makes durable at once: snapshot, events, due time, statistics, balances, messages,
/// documents, feed.
/// </summary>
internal static class CommitBuilder
{
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="before">Its state before the decision; null when the decision creates it.</param>
    /// <param name="terms">The terms before the decision.</param>
    /// <param name="decision">Events with what each leads to.</param>
    /// <param name="keys">The idempotency keys to remember.</param>
    /// <param name="countsStatistics">Whether the commit carries statistics.</param>
    /// <param name="command">What was decided; a new subscription names its customer only there.</param>
    public static JournalCommit Build(
        string subscriptionId, Subscription? before, OfferTerms terms, in Decision decision, in KeysToCommit keys, bool countsStatistics,
        SubscriptionCommand command)
    {
        var version = before?.Version ?? 0;
        var after = decision.State!.WithoutPerson().WithoutComment(version + 1);
        var events = new StoredEvent[decision.Steps.Count];
        var deltas = new List<StatisticDelta>(4);
        var consequences = new Consequences();
        var (state, termsBefore) = (before, terms);
        for (var n = 0; n < events.Length; n++)
        {
            var step = decision.Steps[n];
            if (countsStatistics) StatisticRules.Collect(state, step.Event, step.After, termsBefore, step.Terms, deltas);
            consequences.Add(state, step);
            events[n] = SubscriptionCodec.Encode(step.Event, step.After.Version);
            (state, termsBefore) = (step.After, step.Terms);
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
            Directory = before?.Status == after.Status && before.OfferId == after.OfferId ? null : EntryOf(after, decision.Terms!),
            Customer = NamedOf(command, before, after, terms),
            Deltas = deltas,
            Balances = consequences.Balances,
            Messages = consequences.Messages,
            Documents = consequences.Documents,
            Feed = consequences.Feed,
            ChangesLists = consequences.ChangesInvoices || before is null ||
                IsListedOtherwise(before, terms, after, decision.Terms!),
            UsageKeys = decision.UsageKeys,
            Texts = CommandTexts.Of(subscriptionId, version + 1, before, after, command, decision.Steps[0].Event),
            Message = command is SubscriptionCommand.SendMessage sent ? MessageOf(sent, decision.Steps[^1]) : null,
            Checkpoint = !CheckpointRules.IsDue(version, events)
                ? null
                : keys.Memory.IsEmpty ? snapshot : SubscriptionCodec.Encode(after, CommandMemory.Empty),
            KeyPage = keys.Left.IsEmpty ? null : SubscriptionCodec.EncodePage(keys.Left),
            KeyPagesExpired = keys.ExpiredUpTo,
        };
    }

    private static SubscriptionMessage MessageOf(SubscriptionCommand.SendMessage command, in DecisionStep step)
    {
        var sent = (SubscriptionEvent.MessageSent)step.Event;
        return new SubscriptionMessage(step.After.Version, sent.Message, sent.From, sent.At, command.Text);
    }

    private static DirectoryEntry EntryOf(Subscription s, OfferTerms terms) =>
        new(s.Status, terms.Product.SellerId, terms.Product.Id, terms.Plan.Id, terms.Offer.Id, s.Customer.Id);

    /// <summary>Whether lists find the subscription otherwise than before. What never changes is not compared.</summary>
    private static bool IsListedOtherwise(Subscription before, OfferTerms termsBefore, Subscription after, OfferTerms terms) =>
        before.Status != after.Status || before.OfferId != after.OfferId || before.CanceledAt != after.CanceledAt ||
        before.PaymentToken != after.PaymentToken || !ReferenceEquals(before.Metadata, after.Metadata) ||
        NextBilling.Of(before, termsBefore) != NextBilling.Of(after, terms);

    /// <summary>
    /// The customer of a new subscription. A subscription of an older release still has its customer's mail address, which moves to the
    /// customer's row with the next commit.
    /// </summary>
    private static NamedCustomer? NamedOf(SubscriptionCommand command, Subscription? before, Subscription after, OfferTerms terms)
    {
        var named = before is null ? (command as SubscriptionCommand.Subscribe)?.Customer : before.Customer;
        return named is null || (before is not null && named.Email is null)
            ? null
            : new NamedCustomer(named.Id, terms.Product.SellerId, named.Email, named.Country, after.CreatedAt);
    }
}

/// <summary>What events change outside of the subscription. Most commands change nothing there and allocate nothing.</summary>
internal struct Consequences()
{
    private List<BalanceDelta>? balances;
    private List<IssuedDocument>? documents;
    private List<OutboxMessage>? messages;
    private List<FeedEvent>? feed;

    public readonly IReadOnlyList<BalanceDelta> Balances => (IReadOnlyList<BalanceDelta>?)balances ?? [];

    public readonly IReadOnlyList<IssuedDocument> Documents => (IReadOnlyList<IssuedDocument>?)documents ?? [];

    public readonly IReadOnlyList<OutboxMessage> Messages => (IReadOnlyList<OutboxMessage>?)messages ?? [];

    public readonly IReadOnlyList<FeedEvent> Feed => (IReadOnlyList<FeedEvent>?)feed ?? [];

    public bool ChangesInvoices { get; private set; }

    public void Add(Subscription? before, in DecisionStep step)
    {
        var (e, after, terms) = step;

        // Whether an invoice is overdue stands in the state alone.
        ChangesInvoices |= InvoiceBook.IsChangedBy(e) || (before is not null && before.OpenInvoices != after.OpenInvoices);
        FeedRules.Collect(before, e, after, terms.Product.SellerId, ref feed);
        foreach (var posting in Postings.Of(e))
        {
            if (posting.Party is { } party)
                (balances ??= new(2))
                    .Add(new BalanceDelta(new BalanceKey(terms.Product.SellerId, party, terms.Offer.Currency), -posting.Amount));
        }

        if (DocumentOf(e, terms.Product.SellerId) is { } document) (documents ??= new(1)).Add(document);
        if (Notices.Of(e, after.Version, after, terms) is { } message) (messages ??= new(1)).Add(message);
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
