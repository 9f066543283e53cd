using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Feed;

/// <summary>
/// Translates events of the journal into events for integrators. The rules are pure, so the backfill gets the same events from the
/// journal as the commits wrote.
/// </summary>
public static class FeedRules
{
    /// <summary>Adds what the step from <paramref name="before"/> to <paramref name="after"/> is for integrators.</summary>
    /// <param name="before">The state before the event; null for the first event.</param>
    /// <param name="e">The event of the journal.</param>
    /// <param name="after">The state after the event.</param>
    /// <param name="sellerId">Who sold the subscription.</param>
    /// <param name="feed">
    /// Receives what happened, then what follows from it. It is made when first needed: most events are for nobody.
    /// </param>
    public static void Collect(
        Subscription? before, SubscriptionEvent e, Subscription after, string sellerId, ref List<FeedEvent>? feed)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(after);
        var rows = new Rows(after.Version, sellerId, feed);
        if (HasTrialEnded(before, e, after)) rows.Add(FeedEventType.SubscriptionTrialEnded);
        if (OfSubscription(e, after) is { } type) rows.Add(type);
        CollectInvoices(before, e, after, ref rows);
        if (before is not null && before.Status != after.Status && OfStatus(before.Status, after.Status) is { } moved) rows.Add(moved);
        feed = rows.All;
    }

    private static bool HasTrialEnded(Subscription? before, SubscriptionEvent e, Subscription after) =>
        before is { Status: SubscriptionStatus.Trialing } && after.Status != SubscriptionStatus.Trialing
        && (e is SubscriptionEvent.RecurrenceStarted || e.At >= before.TrialEnd);

    private static FeedEventType? OfSubscription(SubscriptionEvent e, Subscription after) => e switch
    {
        SubscriptionEvent.Subscribed => FeedEventType.SubscriptionCreated,
        SubscriptionEvent.TrialEndAnnounced => FeedEventType.SubscriptionTrialWillEnd,
        SubscriptionEvent.RecurrenceStarted x when x.Period.Index > after.TermStartIndex => FeedEventType.SubscriptionRenewed,
        SubscriptionEvent.PlanChanged => FeedEventType.SubscriptionPlanChanged,
        SubscriptionEvent.Paused => FeedEventType.SubscriptionPaused,
        SubscriptionEvent.Resumed => FeedEventType.SubscriptionResumed,
        SubscriptionEvent.CancellationScheduled => FeedEventType.SubscriptionCancelScheduled,
        SubscriptionEvent.Canceled => FeedEventType.SubscriptionCanceled,
        SubscriptionEvent.Reactivated => FeedEventType.SubscriptionReactivated,
        SubscriptionEvent.Expired => FeedEventType.SubscriptionExpired,
        SubscriptionEvent.Completed => FeedEventType.SubscriptionCompleted,
        SubscriptionEvent.RenewalAlerted => FeedEventType.SubscriptionRenewalAlert,
        _ => null,
    };

    private static FeedEventType? OfStatus(SubscriptionStatus before, SubscriptionStatus after) => (before, after) switch
    {
        (SubscriptionStatus.Pending or SubscriptionStatus.Trialing, SubscriptionStatus.Active) => FeedEventType.SubscriptionActivated,
        (_, SubscriptionStatus.PastDue) => FeedEventType.SubscriptionPastDue,
        (SubscriptionStatus.PastDue, SubscriptionStatus.Active) => FeedEventType.SubscriptionRecovered,
        _ => null,
    };

    private static void CollectInvoices(Subscription? before, SubscriptionEvent e, Subscription after, ref Rows rows)
    {
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                AddCreated(x.Invoice, ref rows);
                break;
            case SubscriptionEvent.InvoiceIssued x:
                AddCreated(x.Invoice, ref rows);
                break;
            case SubscriptionEvent.ChargeSucceeded x when after.FindOpenInvoice(x.Invoice) is null:
                rows.Add(FeedEventType.InvoicePaid, x.Invoice);
                break;
            case SubscriptionEvent.InvoiceReduced x when after.FindOpenInvoice(x.Invoice) is null:
                rows.Add(FeedEventType.InvoicePaid, x.Invoice);
                break;
            case SubscriptionEvent.ChargeDeclined x:
                if (x.Code == VoucherRules.Expired) rows.Add(FeedEventType.PaymentVoucherExpired, x.Invoice);
                rows.Add(FeedEventType.InvoicePaymentFailed, x.Invoice);
                break;
            case SubscriptionEvent.RefundSucceeded x:
                rows.Add(FeedEventType.InvoiceRefunded, x.Invoice);
                break;
            case SubscriptionEvent.CreditGranted x:
                rows.Add(FeedEventType.InvoiceRefunded, x.Invoice);
                break;
            case SubscriptionEvent.ChangeVoided x:
                rows.Add(FeedEventType.InvoiceVoided, x.Closed.Invoice);
                break;
            case SubscriptionEvent.Canceled x:
                AddClosed(before, x.Closed, x.Cancellation.Voluntary ? InvoiceStatus.Void : InvoiceStatus.Uncollectible, ref rows);
                break;
            case SubscriptionEvent.Expired x:
                AddClosed(before, x.Closed, InvoiceStatus.Uncollectible, ref rows);
                break;
            case SubscriptionEvent.InvoiceClosed x:
                AddClosed(before, [x.Closed], x.Status, ref rows);
                break;
            case SubscriptionEvent.VoucherIssued x:
                rows.Add(FeedEventType.PaymentVoucherIssued, x.Invoice);
                break;
            case SubscriptionEvent.VoucherReminded x:
                rows.Add(FeedEventType.PaymentVoucherReminder, x.Invoice);
                break;
            case SubscriptionEvent.ChargedBack x:
                rows.Add(FeedEventType.PaymentChargeback, x.Invoice);
                break;
            default:
                break;
        }
    }

    private static void AddCreated(IssuedInvoice invoice, ref Rows rows)
    {
        rows.Add(FeedEventType.InvoiceCreated, invoice.Number);
        if (invoice.Total <= 0) rows.Add(FeedEventType.InvoicePaid, invoice.Number);
    }

    /// <summary>As <see cref="InvoiceBook"/> has it, an invoice with money paid on it is never void.</summary>
    private static void AddClosed(Subscription? before, ImmutableArray<ClosedInvoice> closed, InvoiceStatus status, ref Rows rows)
    {
        foreach (var one in closed)
        {
            var isVoid = status == InvoiceStatus.Void && before?.FindOpenInvoice(one.Invoice) is not { Paid: > 0 };
            rows.Add(isVoid ? FeedEventType.InvoiceVoided : FeedEventType.InvoiceUncollectible, one.Invoice);
        }
    }

    private struct Rows(long sequence, string sellerId, List<FeedEvent>? all)
    {
        public List<FeedEvent>? All { get; private set; } = all;

        public void Add(FeedEventType type, int invoice = 0) => (All ??= new(2)).Add(new FeedEvent(sequence, type, invoice, sellerId));
    }
}
