using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Refunds of an invoice: to the payment method in the same two durable steps as a charge, or directly to the subscription's
/// credit. Tax and the parties' shares go back in proportion, rounded cumulatively, so a full refund reverses exactly what
/// was booked. Money that is already credit is not refunded as well.
/// </summary>
internal static class RefundRules
{
    public static Refusal? Refund(Draft draft, SubscriptionCommand.RefundInvoice command)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.RefundNotForCustomers with { Field = null };
        if (command.ToCredit && draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (draft.Invoices.FirstOrDefault(one => one.Number == command.Invoice) is not { } invoice) return Refusal.InvoiceNotFound;

        // A change may have carried money of an older period into the running service. What is unused of that still belongs to
        // the customer.
        var bound = draft.State.HasEnded ||
            invoice.Period.Index == draft.State.CurrentPeriod?.Index ? 0 : Unused(draft) + Carried(draft.State);
        var left = Math.Min(Left(invoice), Kept(draft) - bound);
        if (left <= 0) return Refusal.NothingCollected;
        if (LineRefunds.Refuse(invoice, command) is { } refusal) return refusal;
        var named = command.Lines.Sum(line => line.Amount);
        var amount = command.Amount ?? (named > 0 ? named : left);
        if (amount < 1 || amount > left) return Refusal.RefundTooLarge;
        var reason = command.Reason is null ? (long?)null : draft.TextSequence;
        var returns = LineRefunds.Allocate(draft, invoice, ReturnsOf([invoice], amount, null, reason), command.Lines);
        if (command.ToCredit) Credit(draft, returns);
        else if (AreTooMany(draft, returns)) return Refusal.TooManyRefunds;
        else Request(draft, returns);
        return null;
    }

    /// <summary>Whether these returns would exceed the limit of refunds in flight.</summary>
    public static bool AreTooMany(Draft draft, List<Return> returns) =>
        draft.State.Refunds.Length + returns.Count > Subscription.RefundsInFlightMax;

    /// <summary>Requests the refunds. The provider is asked after the commit.</summary>
    public static void Request(Draft draft, List<Return> returns)
    {
        foreach (var back in returns)
        {
            draft.Add(new SubscriptionEvent.RefundRequested
            {
                At = draft.Now,
                Invoice = back.Invoice.Number,
                Refund = back.Number,
                ChargeAttempt = back.Capture.Attempt,
                Amount = back.Amount,
                Token = back.Capture.Token,
                Tax = back.Tax,
                Shares = back.Shares,
                Period = back.Period,
                OfService = back.OfService,
                Lines = back.Lines,
                Reason = back.Reason,
                ReasonSequence = back.ReasonSequence,
                AskAt = draft.Now + PaymentRules.Watchdog,
            });
        }
    }

    private static void Credit(Draft draft, List<Return> returns)
    {
        foreach (var back in returns)
        {
            draft.Add(new SubscriptionEvent.CreditGranted
            {
                At = draft.Now,
                Invoice = back.Invoice.Number,
                ChargeAttempt = back.Capture.Attempt,
                CreditNote = draft.State.CreditNoteCount + 1,
                Amount = back.Amount,
                Tax = back.Tax,
                Period = back.Period,
                OfService = back.OfService,
                Lines = back.Lines,
                Reason = back.Reason,
                ReasonSequence = back.ReasonSequence,
                Postings = Postings.Credited(back.Amount, back.Tax, back.Shares),
            });
        }
    }

    /// <summary>The part of the running service that unused time paid for, while nothing is paid on the service's invoice.</summary>
    private static long Carried(Subscription state) => state.FindOpenInvoice(state.ServiceInvoice) is { Paid: 0 } open ? open.Unused : 0;

    /// <summary>The money behind the unused share of the running service.</summary>
    public static long Unused(Draft draft) => Math.Max(0, UnusedService.Of(draft.State, draft.Now, draft.Terms).Collected);

    /// <summary>Adds the taxes that are not included in the amount.</summary>
    public static long WithTax(Draft draft, long net) =>
        Taxes.GrossOf(draft.Terms.Product.Tax, draft.State.Customer.Country, net);

    /// <summary>Collected money of an invoice that did not go back yet.</summary>
    public static long Left(Invoice invoice) => invoice.Captures.Sum(capture => capture.Left);

    /// <summary>Collected money of the subscription that did not go back and is not owed to the customer as credit.</summary>
    public static long Kept(Draft draft) => draft.State.LifetimePaid - draft.State.Refunds.Sum(refund => refund.Amount) - Standing(draft);

    /// <summary>
    /// The subscription's credit, plus waiting credit lines, plus credit that would come back if unpaid invoices were closed.
    /// </summary>
    private static long Standing(Draft draft)
    {
        var waiting = draft.State.WaitingLines.Sum(line => Math.Max(0, -line.Amount));
        var inUnpaid = draft.State.OpenInvoices.Sum(invoice => invoice.Paid == 0 ? invoice.Gross - invoice.Total : 0);
        return draft.State.Credit + WithTax(draft, waiting) + inUnpaid;
    }

    /// <summary>Splits an amount over the money that the invoices collected, newest money of each invoice first.</summary>
    /// <param name="invoices">Where the money is.</param>
    /// <param name="amount">Minor units.</param>
    /// <param name="reason">A code of the runtime; null if a person has the reason.</param>
    /// <param name="reasonSequence">Under which sequence the text of a person is stored; null if there is none.</param>
    public static List<Return> ReturnsOf(IReadOnlyList<Invoice> invoices, long amount, string? reason, long? reasonSequence = null)
    {
        var returns = new List<Return>();
        foreach (var invoice in invoices)
        {
            var number = invoice.Refunds;
            var returned = invoice.Captures.Sum(capture => capture.Late ? 0 : capture.Returned);
            var taxReturned = invoice.Captures.Sum(capture => capture.TaxReturned);
            foreach (var capture in invoice.Captures.Reverse())
            {
                var part = Math.Min(amount, capture.Left);
                if (part <= 0) continue;
                var tax = 0L;
                if (!capture.Late)
                {
                    returned += part;
                    tax = Math.Max(0, TaxOf(invoice, returned) - taxReturned);
                    taxReturned += tax;
                }

                returns.Add(new Return(invoice, capture, ++number, part, tax, reason) { ReasonSequence = reasonSequence });
                amount -= part;
            }
        }

        return returns;
    }

    /// <summary>The tax included in an amount of the invoice.</summary>
    private static long TaxOf(Invoice invoice, long amount) =>
        Taxes.Part(invoice.Taxes.Sum(one => one.Amount), 0, amount, invoice.Total + invoice.CreditApplied);

    /// <summary>The part of one charge that goes back.</summary>
    public readonly record struct Return(Invoice Invoice, Capture Capture, int Number, long Amount, long Tax, string? Reason)
    {
        /// <summary>Under which sequence the seller's text is stored; null if there is none.</summary>
        public long? ReasonSequence { get; init; }

        public int Period => Capture.Late ? 0 : Invoice.Period.Index;

        /// <summary>How much of it the running service gives back, if that does not follow from the period.</summary>
        public long? OfService { get; init; }

        /// <summary>The invoice lines that it covers.</summary>
        public ImmutableArray<LineRefund> Lines { get; init; } = [];

        public ImmutableArray<PartyShare> Shares =>
            RevenueSplits.GivenBack(
                Capture.Shares, Capture.SharesReturned, Capture.Returned + Capture.ChargedBack + Amount, Capture.Amount);
    }
}
