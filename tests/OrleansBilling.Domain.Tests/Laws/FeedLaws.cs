using OrleansBilling.Domain.Feed;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Whoever reads only the feed knows each subscription's status, and each invoice's.</summary>
public sealed class FeedLaws(LawBook laws)
{
    private readonly List<InvoiceStatus> invoices = [];
    private SubscriptionStatus? status;

    public void Read(Subscription? before, SubscriptionEvent e, Subscription after)
    {
        List<FeedEvent>? feed = null;
        FeedRules.Collect(before, e, after, "seller", ref feed);
        foreach (var fed in feed ?? [])
        {
            laws.Require((fed.Sequence, fed.SellerId) == (after.Version, "seller"), "an event for integrators names its event");
            ReadStatus(fed.Type, after);
            ReadInvoice(fed);
        }

        laws.Require(after.Version > 1 || feed?[0].Type == FeedEventType.SubscriptionCreated, "the first event is that it was created");
        laws.Require(
            status == after.Status || after.Status is SubscriptionStatus.Pending or SubscriptionStatus.Trialing,
            $"the feed tells the status: {status} is {after.Status}");
    }

    /// <summary>Compares with all invoices of the whole history.</summary>
    public void Hold(IReadOnlyList<Invoice> book) => laws.Require(
        invoices.SequenceEqual(book.Select(invoice => invoice.Status)),
        $"the feed tells the status of each invoice: {string.Join(' ', invoices)} is {string.Join(' ', book.Select(i => i.Status))}");

    private void ReadStatus(FeedEventType type, Subscription after)
    {
        laws.Require(
            type != FeedEventType.SubscriptionActivated || status is not SubscriptionStatus.Active, "what runs is not activated again");
        laws.Require(
            type != FeedEventType.SubscriptionRecovered || status == SubscriptionStatus.PastDue, "only what was overdue recovers");
        status = type switch
        {
            FeedEventType.SubscriptionActivated or FeedEventType.SubscriptionRecovered or FeedEventType.SubscriptionResumed =>
                SubscriptionStatus.Active,
            FeedEventType.SubscriptionReactivated => after.Status,
            FeedEventType.SubscriptionPastDue => SubscriptionStatus.PastDue,
            FeedEventType.SubscriptionPaused => SubscriptionStatus.Paused,
            FeedEventType.SubscriptionCanceled => SubscriptionStatus.Canceled,
            FeedEventType.SubscriptionExpired => SubscriptionStatus.Expired,
            FeedEventType.SubscriptionCompleted => SubscriptionStatus.Completed,
            _ => status,
        };
    }

    private void ReadInvoice(FeedEvent fed)
    {
        if (fed.Type == FeedEventType.InvoiceCreated)
        {
            laws.Require(fed.Invoice == invoices.Count + 1, "each invoice is created once, in the order of their numbers");
            invoices.Add(InvoiceStatus.Open);
        }

        if (fed.Invoice == 0) return;
        laws.Require(fed.Invoice <= invoices.Count, "an event is about an invoice that was created");
        invoices[fed.Invoice - 1] = fed.Type switch
        {
            FeedEventType.InvoicePaid => InvoiceStatus.Paid,
            FeedEventType.InvoiceVoided => InvoiceStatus.Void,
            FeedEventType.InvoiceUncollectible => InvoiceStatus.Uncollectible,
            _ => invoices[fed.Invoice - 1],
        };
    }
}
