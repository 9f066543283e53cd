using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The invoices of one subscription, rebuilt from its events. They are not stored separately.</summary>
public static class InvoiceBook
{
    /// <summary>All invoices of one subscription's events, in order of number.</summary>
    public static IReadOnlyList<Invoice> Fold(IEnumerable<SubscriptionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var invoices = new List<Invoice>();
        foreach (var e in events) Apply(invoices, e);
        return invoices;
    }

    /// <summary>Whether an event changes invoices, so that what is derived from them has to be derived again.</summary>
    public static bool IsChangedBy(SubscriptionEvent e) => e is
        SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.InvoiceIssued or SubscriptionEvent.InvoiceReduced or
        SubscriptionEvent.BillingDateMoved or SubscriptionEvent.PeriodEndMoved or SubscriptionEvent.BillingDateChanged or
        SubscriptionEvent.ChangeVoided or SubscriptionEvent.VoucherWithdrawn or SubscriptionEvent.ChargeRequested or
        SubscriptionEvent.VoucherIssued or SubscriptionEvent.PaymentUnknown or SubscriptionEvent.ChargeDeclined or
        SubscriptionEvent.ChargeSucceeded or SubscriptionEvent.LatePaymentReceived or SubscriptionEvent.RefundRequested or
        SubscriptionEvent.RefundFailed or SubscriptionEvent.RefundSucceeded or SubscriptionEvent.CreditGranted or
        SubscriptionEvent.ChargedBack or SubscriptionEvent.ChargebackClosed or SubscriptionEvent.Canceled or
        SubscriptionEvent.Expired or SubscriptionEvent.InvoiceClosed;

    /// <summary>Applies one more event to the invoices, so a history can be folded while it is streamed.</summary>
    public static void Apply(List<Invoice> invoices, SubscriptionEvent e)
    {
        ArgumentNullException.ThrowIfNull(invoices);
        switch (e)
        {
            case SubscriptionEvent.RecurrenceStarted x:
                invoices.Add(Issue(x.Invoice, x.Period, x.At));
                break;
            case SubscriptionEvent.InvoiceIssued x:
                invoices.Add(Issue(x.Invoice, x.Period, x.At));
                break;
            case SubscriptionEvent.InvoiceReduced x:
                Change(x.Invoice, invoice => Settle(invoice with { Credited = invoice.Credited + x.Amount }, x.At));
                break;
            case SubscriptionEvent.BillingDateMoved x:
                MoveEnd(OfPeriod(x.Anchor.Index), x.PeriodEnd);
                break;
            case SubscriptionEvent.PeriodEndMoved x:
                MoveEnd(OfNewestPeriod(), x.End);
                break;
            case SubscriptionEvent.BillingDateChanged x:
                MoveEnd(OfNewestPeriod(), x.End);
                break;
            case SubscriptionEvent.ChangeVoided x:
                Change(x.Closed.Invoice, invoice => invoice with { Status = InvoiceStatus.Void, Withdrawn = true });
                MoveEnd(OfPeriod(x.Period.Index), x.Period.End);
                break;
            case SubscriptionEvent.VoucherWithdrawn x:
                Change(x.Invoice, invoice => End(invoice, x.Attempt, AttemptOutcome.Declined, VoucherRules.Withdrawn));
                break;
            case SubscriptionEvent.ChargeRequested x:
                Change(x.Invoice, invoice => invoice with
                {
                    Attempts = invoice.Attempts.Add(new InvoiceAttempt(x.Attempt, x.At, AttemptOutcome.InFlight, null, x.Amount, x.Token)),
                });
                break;
            case SubscriptionEvent.VoucherIssued x:
                Change(x.Invoice, invoice => End(invoice, x.Attempt, AttemptOutcome.Unknown, "pending"));
                break;
            case SubscriptionEvent.PaymentUnknown { Kind: PaymentKind.Charge } x:
                Change(x.Invoice, invoice => End(invoice, x.Attempt, AttemptOutcome.Unknown, x.Code));
                break;
            case SubscriptionEvent.ChargeDeclined x:
                Change(x.Invoice, invoice => End(invoice, x.Attempt, AttemptOutcome.Declined, x.Code));
                break;
            case SubscriptionEvent.ChargeSucceeded x:
                Change(x.Invoice,
                    invoice =>
                        Settle(Capture(End(invoice, x.Attempt, AttemptOutcome.Succeeded, null), x.Attempt, x.Amount, x.Postings) with
                        {
                            Paid = invoice.Paid + x.Amount,
                        }, x.At));
                break;
            case SubscriptionEvent.LatePaymentReceived x:
                Change(x.Invoice, invoice => Capture(invoice, x.Attempt, x.Amount, x.Postings, late: true));
                break;
            case SubscriptionEvent.RefundRequested x:
                Change(x.Invoice, invoice => Return(invoice, x.ChargeAttempt, x.Amount, x.Tax, x.Shares) with
                {
                    Refunds = invoice.Refunds + 1,
                    LinesReturned = [
                        .. invoice.LinesReturned, .. x.Lines.Select(line => new ReturnedLine(x.Refund, line.Line, line.Amount))],
                });
                break;
            case SubscriptionEvent.RefundFailed x:
                Change(x.Invoice, invoice => Return(invoice, x.ChargeAttempt, -x.Amount, -x.Tax, RevenueSplits.Reversed(x.Shares)) with
                {
                    LinesReturned = invoice.LinesReturned.RemoveAll(line => line.Refund == x.Refund),
                });
                break;
            case SubscriptionEvent.RefundSucceeded x:
                Change(x.Invoice, invoice => invoice with { Refunded = invoice.Refunded + x.Amount });
                break;
            case SubscriptionEvent.CreditGranted x:
                Change(x.Invoice,
                    invoice =>
                        Return(invoice, x.ChargeAttempt, x.Amount, x.Tax, RevenueSplits.Reversed(Postings.SharesOf(x.Postings)),
                            x.Amount) with
                {
                    Refunded = invoice.Refunded + x.Amount,
                    LinesReturned = [.. invoice.LinesReturned, .. x.Lines.Select(line => new ReturnedLine(0, line.Line, line.Amount))],
                });
                break;
            case SubscriptionEvent.ChargedBack x:
                Change(x.Invoice, invoice => OfAttempt(invoice, x.Attempt, capture => TakeBack(capture, x)));
                break;
            case SubscriptionEvent.ChargebackClosed x:
                Change(x.Invoice, invoice => OfAttempt(invoice, x.Attempt, capture => Decide(capture, x)));
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
            // Invoice numbers start at 1.
            var index = number - 1;
            invoices[index] = change(invoices[index]);
        }

        void MoveEnd(int index, Instant end) =>
            invoices[index] = invoices[index] with { Period = invoices[index].Period with { End = end } };

        int OfNewestPeriod() => OfPeriod(invoices.Max(invoice => invoice.IsClosed ? 0 : invoice.Period.Index));

        // The first invoice of a period is its recurrence's. Closed ones are skipped, because a voided change can start a period again.
        int OfPeriod(int period) => invoices.FindIndex(invoice => invoice.Period.Index == period && !invoice.IsClosed);

        void Close(ImmutableArray<ClosedInvoice> closed, InvoiceStatus status)
        {
            // An invoice with money paid on it is never void, whoever canceled: its rest is uncollectible.
            foreach (var one in closed)
                Change(one.Invoice, invoice => invoice with { Status = invoice.Paid > 0 ? InvoiceStatus.Uncollectible : status });
        }
    }

    private static Invoice Issue(IssuedInvoice issued, BillingPeriod period, Instant at) => new()
    {
        Number = issued.Number,
        Period = period,
        Status = issued.Total <= 0 ? InvoiceStatus.Paid : InvoiceStatus.Open,
        Lines = issued.Lines,
        Total = issued.Total,
        Taxes = issued.Taxes,
        Parts = issued.Parts,
        CreditApplied = issued.CreditApplied,
        Carried = issued.Carried,
        Paid = 0,
        Refunded = 0,
        CreatedAt = at,
        PaidAt = issued.Total <= 0 ? at : null,
        Attempts = [],
    };

    private static Invoice Settle(Invoice invoice, Instant at) => invoice.Paid < invoice.Total - invoice.Credited
        ? invoice
        : invoice with { Status = InvoiceStatus.Paid, PaidAt = at };

    private static Invoice End(Invoice invoice, int attempt, AttemptOutcome outcome, string? code)
    {
        for (var n = invoice.Attempts.Length - 1; n >= 0; n--)
        {
            if (invoice.Attempts[n].Number == attempt)
                return invoice with { Attempts = invoice.Attempts.SetItem(n, invoice.Attempts[n] with { Outcome = outcome, Code = code }) };
        }

        return invoice;
    }

    private static Invoice Capture(Invoice invoice, int attempt, long amount, ImmutableArray<Posting> postings, bool late = false)
    {
        var token = invoice.Attempts.First(one => one.Number == attempt).Token;
        return invoice with
        {
            Captures = invoice.Captures.Add(new Capture(attempt, amount, token, 0, 0, Postings.SharesOf(postings)) { Late = late }),
        };
    }

    private static Capture TakeBack(Capture capture, SubscriptionEvent.ChargedBack e)
    {
        var shares = RevenueSplits.Reversed(Postings.SharesOf(e.Postings));
        return capture with
        {
            ChargedBack = capture.ChargedBack + e.Amount,
            SharesReturned = RevenueSplits.Sum(capture.SharesReturned, shares),
            Dispute = new Dispute(
                e.Open ? DisputeStatus.Open : DisputeStatus.Lost, e.Amount, e.CreditTaken, e.OfService ?? e.Amount, e.ServiceInvoice,
                shares, e.Reason, e.At, e.Open ? null : e.At)
            {
                ReasonSequence = e.ReasonSequence,
            },
        };
    }

    private static Capture Decide(Capture capture, SubscriptionEvent.ChargebackClosed e)
    {
        var dispute = capture.Dispute! with { Status = e.Won ? DisputeStatus.Won : DisputeStatus.Lost, ClosedAt = e.At };
        return e.Won
            ? capture with
            {
                Dispute = dispute, ChargedBack = capture.ChargedBack - e.Amount,
                SharesReturned = RevenueSplits.Sum(capture.SharesReturned, RevenueSplits.Reversed(dispute.Shares)),
            }
            : capture with { Dispute = dispute };
    }

    private static Invoice Return(
        Invoice invoice, int attempt, long amount, long tax, ImmutableArray<PartyShare> shares, long credited = 0) =>
        OfAttempt(invoice, attempt, capture => capture with
        {
            Returned = capture.Returned + amount,
            TaxReturned = capture.TaxReturned + tax,
            SharesReturned = RevenueSplits.Sum(capture.SharesReturned, shares),
            Credited = capture.Credited + credited,
        });

    private static Invoice OfAttempt(Invoice invoice, int attempt, Func<Capture, Capture> change)
    {
        for (var n = 0; n < invoice.Captures.Length; n++)
        {
            if (invoice.Captures[n].Attempt == attempt)
                return invoice with { Captures = invoice.Captures.SetItem(n, change(invoice.Captures[n])) };
        }

        return invoice;
    }
}
