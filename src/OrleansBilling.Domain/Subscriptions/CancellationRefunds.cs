using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What is refunded when a subscription is canceled with a refund: the unused share of the running service, or all of the
/// period's service. Usage and extra time from earlier periods are excluded. What was paid with money goes back as money, including
/// money that a change carried over from the previous period. What was paid with credit becomes credit again.
/// </summary>
internal static class CancellationRefunds
{
    /// <summary>
    /// The amount to return, in minor units with tax. Call it before the final invoice is issued, because that settles the waiting lines.
    /// </summary>
    public static long Owed(Draft draft, CancellationRefund refund) =>
        refund == CancellationRefund.Prorated ? RefundRules.Unused(draft) : OfPeriod(draft);

    /// <summary>Splits the amount into refunds of captured money, newest first, and credit.</summary>
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

    /// <summary>Turns the part of the service that credit paid for back into credit, and lowers the service's value by it.</summary>
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

    /// <summary>The full cost of this period's service, minus what already went back and minus waiting credit lines.</summary>
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
    /// Invoices of the running period that were paid at least in part, with money or credit. The recurrence's invoice comes
    /// first.
    /// </summary>
    private static List<Invoice> Settled(Draft draft) =>
    [
        .. draft.Invoices.Where(invoice =>
            invoice.Period.Index == draft.State.CurrentPeriod?.Index &&
            (invoice.Status == InvoiceStatus.Paid || (invoice.Status == InvoiceStatus.Open && invoice.Paid > 0))),
    ];
}
