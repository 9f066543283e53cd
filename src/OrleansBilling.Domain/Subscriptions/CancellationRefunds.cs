using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What goes back when a subscription is canceled with a refund: the unused share of the service that runs, or all of it
/// in this period; not usage, nor stretches of earlier periods. As money as far as money paid for it, also by way of a change
/// from the period before; what credit paid is credit again.
/// </summary>
internal static class CancellationRefunds
{
    /// <summary>What is to go back, in minor units with tax. Asked before the last invoice, which settles what waits.</summary>
    public static long Owed(Draft draft, CancellationRefund refund) =>
        refund == CancellationRefund.Prorated ? RefundRules.Unused(draft) : OfPeriod(draft);

    /// <summary>As which money it goes back, the newest first, and how much of it as credit.</summary>
    public static (List<RefundRules.Return> Returns, long Credit) Of(Draft draft, long owed)
    {
        var kept = RefundRules.Kept(draft);
        var own = Settled(draft);
        own.Reverse();
        List<Invoice> older = [.. draft.Invoices.Where(invoice => invoice.Period.Index < draft.State.CurrentPeriod?.Index).Reverse()];
        var carried = own.Count == 0 ? 0 : ServiceShare.CarriedInto(own[^1]);
        var ofOwn = Math.Max(0, Math.Min(Math.Min(owed, kept), own.Sum(RefundRules.Left)));
        var ofOlder = Math.Max(0, Math.Min(Math.Min(owed, kept) - ofOwn, Math.Min(carried, older.Sum(RefundRules.Left))));
        var returns = RefundRules.ReturnsOf(own, ofOwn, Reason);
        returns.AddRange(RefundRules.ReturnsOf(older, ofOlder, Reason).Select(back => back with { OfService = back.Amount }));

        var credit = Math.Min(owed - ofOwn - ofOlder, Math.Min(kept - ofOwn - ofOlder, own.Sum(invoice => invoice.CreditApplied)));
        return (returns, Math.Max(0, credit));
    }

    /// <summary>What credit had paid for is worth nothing any more, and credit again.</summary>
    public static void GiveCreditBack(Draft draft, long credit)
    {
        if (credit == 0) return;
        var period = draft.State.CurrentPeriod!;
        ImmutableArray<InvoiceLine> lines = [new(InvoiceLineType.ProrationCredit, -credit, "Unused time", period)];
        InvoiceRules.IssueExtra(draft, new SubscriptionEvent.InvoiceIssued
        {
            At = draft.Now,
            Reason = InvoiceReason.UnusedService,
            Period = period,
            Invoice = new IssuedInvoice(draft.State.InvoiceCount + 1, lines, -credit),
            ServedFrom = draft.Now,
        });
    }

    private const string Reason = "cancellation";

    /// <summary>All that this period's service cost, less what went back of it and what waits to become credit.</summary>
    private static long OfPeriod(Draft draft)
    {
        var waiting = draft.State.WaitingLines.Sum(line => Math.Max(0, -line.Amount));
        var cost = Settled(draft).Sum(invoice => ServiceShare.Of(invoice) - GoneOf(invoice));
        return Math.Max(0, cost - RefundRules.WithTax(draft, waiting));
    }

    private static long GoneOf(Invoice invoice)
    {
        var of = ServiceShare.Of(invoice);
        return of <= 0 ? 0 : of - ServiceShare.Left(invoice);
    }

    /// <summary>
    /// The invoices of the period that runs of which something was paid, by money or by credit; the recurrence's is the
    /// first.
    /// </summary>
    private static List<Invoice> Settled(Draft draft) =>
    [
        .. draft.Invoices.Where(invoice =>
            invoice.Period.Index == draft.State.CurrentPeriod?.Index &&
            (invoice.Status == InvoiceStatus.Paid || (invoice.Status == InvoiceStatus.Open && invoice.Paid > 0))),
    ];
}
