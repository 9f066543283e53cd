using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Billing;

/// <summary>The invoices of one subscription, rebuilt from its events. The journal keeps no second copy of them.</summary>
public static class InvoiceBook
{
    /// <summary>Every invoice of the events of one subscription, in order of number.</summary>
    public static IReadOnlyList<Invoice> Fold(IEnumerable<SubscriptionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var invoices = new List<Invoice>();
        foreach (var e in events) Apply(invoices, e);
        return invoices;
    }

    private static void Apply(List<Invoice> invoices, SubscriptionEvent e)
    {
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                invoices.Add(Issue(x));
                break;
            case SubscriptionEvent.BillingDateMoved x:
                var moved = invoices.FindLastIndex(invoice => invoice.Period.Index == x.Anchor.Index);
                invoices[moved] = invoices[moved] with { Period = invoices[moved].Period with { End = x.PeriodEnd } };
                break;
            case SubscriptionEvent.ChargeRequested x:
                Change(x.Invoice, invoice => invoice with
                {
                    Attempts = invoice.Attempts.Add(new InvoiceAttempt(x.Attempt, x.At, AttemptOutcome.InFlight, null)),
                });
                break;
            case SubscriptionEvent.PaymentUnknown { Kind: PaymentKind.Charge } x:
                Change(x.Invoice, invoice => End(invoice, AttemptOutcome.Unknown, x.Code));
                break;
            case SubscriptionEvent.ChargeDeclined x:
                Change(x.Invoice, invoice => End(invoice, AttemptOutcome.Declined, x.Code));
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                Change(x.Invoice, invoice => End(invoice, AttemptOutcome.Succeeded, null) with
                {
                    Status = InvoiceStatus.Paid, Paid = x.Amount, PaidAt = x.At,
                });
                break;
            case SubscriptionEvent.RefundSucceeded x:
                Change(x.Invoice, invoice => invoice with { Refunded = invoice.Refunded + x.Amount });
                break;
            case SubscriptionEvent.Canceled x:
                Close(x.Closed, x.Cancellation.Voluntary ? InvoiceStatus.Void : InvoiceStatus.Uncollectible);
                break;
            case SubscriptionEvent.Expired x:
                Close(x.Closed, InvoiceStatus.Uncollectible);
                break;
            case SubscriptionEvent.InvoiceClosed x:
                Close([x.Closed], x.Status);
                break;
            default:
                break;
        }

        void Change(int number, Func<Invoice, Invoice> change)
        {
            var index = invoices.FindIndex(invoice => invoice.Number == number);
            invoices[index] = change(invoices[index]);
        }

        void Close(ImmutableArray<ClosedInvoice> closed, InvoiceStatus status)
        {
            foreach (var one in closed) Change(one.Invoice, invoice => invoice with { Status = status });
        }
    }

    private static Invoice Issue(SubscriptionEvent.RecurrenceStarted e) => new()
    {
        Number = e.Invoice.Number,
        Period = e.Period,
        Status = e.Invoice.Total == 0 ? InvoiceStatus.Paid : InvoiceStatus.Open,
        Lines = e.Invoice.Lines,
        Total = e.Invoice.Total,
        Paid = 0,
        Refunded = 0,
        CreatedAt = e.At,
        PaidAt = e.Invoice.Total == 0 ? e.At : null,
        Attempts = [],
    };

    private static Invoice End(Invoice invoice, AttemptOutcome outcome, string? code)
    {
        var last = invoice.Attempts[^1] with { Outcome = outcome, Code = code };
        return invoice with { Attempts = invoice.Attempts.SetItem(invoice.Attempts.Length - 1, last) };
    }
}
