using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Money that goes back, by invoice: to the payment method in the same two durable steps as a charge, or at once to the
/// credit of the subscription. Tax and the parties' shares go back in proportion, by cumulative rounding, so that a full
/// refund reverses exactly what was booked.
/// </summary>
internal static class RefundRules
{
    public static Refusal? Refund(Draft draft, SubscriptionCommand.RefundInvoice command)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.RefundNotForCustomers with { Field = null };
        var invoice = Find(draft, command.Invoice);
        if (invoice is null) return Refusal.InvoiceNotFound;
        var left = Left(invoice);
        if (left == 0) return Refusal.NothingCollected;
        var amount = command.Amount ?? left;
        if (amount < 1 || amount > left) return Refusal.RefundTooLarge;
        if (command.ToCredit && draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (!command.ToCredit && draft.State.Refunds.Length >= Subscription.RefundsInFlightMax) return Refusal.TooManyRefunds;
        Give(draft, [invoice], amount, command.ToCredit, command.Reason);
        return null;
    }

    /// <summary>What of the current period goes back when the subscription is cancelled now; null when nothing was collected for it.</summary>
    public static long? OnCancellation(Draft draft, CancellationRefund refund)
    {
        var collected = 0L;
        foreach (var invoice in OfCurrentPeriod(draft)) collected += Left(invoice);
        if (collected == 0) return null;
        if (refund == CancellationRefund.Full) return collected;
        var unused = UnusedService.Of(draft.State, draft.Now, draft.Terms.Zone).Credit;
        foreach (var tax in Taxes.Of(draft.Terms.Product.Tax, draft.State.Customer.Country, unused))
        {
            if (!tax.Inclusive) unused += tax.Amount;
        }

        return Math.Min(collected, unused);
    }

    /// <summary>Gives back so much of what was collected for the current period, newest invoice first.</summary>
    public static void GiveOfCurrentPeriod(Draft draft, long amount) => Give(draft, OfCurrentPeriod(draft), amount, toCredit: false, "cancellation");

    /// <summary>The customer's bank took a charge back: recorded, shares reversed, and the policy decides what follows.</summary>
    public static Refusal? ChargeBack(Draft draft, SubscriptionCommand.RecordChargeback command)
    {
        if (draft.Caller.Role is Role.Customer or Role.Seller) return Refusal.NotForCustomers;
        if (Find(draft, command.Invoice) is not { } invoice) return Refusal.InvoiceNotFound;
        if (invoice.Captures.FirstOrDefault(one => one.Attempt == command.Attempt) is not { } capture) return Refusal.PaymentNotFound;
        if (capture.ChargedBack || capture.Left == 0) return null;
        draft.Add(new SubscriptionEvent.ChargedBack
        {
            At = draft.Now,
            Invoice = invoice.Number,
            Attempt = capture.Attempt,
            Amount = capture.Left,
            Reason = command.Reason,
            Postings = Postings.ChargedBack(capture.Left, RevenueSplits.Part(capture.Shares, capture.Returned, capture.Amount, capture.Amount)),
        });
        if (draft.Terms.Product.OnChargeback == ChargebackAction.Cancel && !draft.State.HasEnded)
            CancellationRules.CancelNow(draft, new Cancellation(CancellationOrigin.System, "chargeback", null));
        return null;
    }

    private static Invoice? Find(Draft draft, int number) => draft.Invoices.FirstOrDefault(invoice => invoice.Number == number);

    private static List<Invoice> OfCurrentPeriod(Draft draft) =>
        [.. draft.Invoices.Where(invoice => invoice.Period.Index == draft.State.CurrentPeriod?.Index).Reverse()];

    private static long Left(Invoice invoice) => invoice.Captures.Sum(capture => capture.Left);

    private static void Give(Draft draft, IEnumerable<Invoice> invoices, long amount, bool toCredit, string? reason)
    {
        foreach (var invoice in invoices)
        {
            var refunds = invoice.Refunds;
            var returned = invoice.Captures.Sum(capture => capture.Returned);
            foreach (var capture in invoice.Captures.Reverse())
            {
                var part = Math.Min(amount, capture.Left);
                if (part == 0) continue;
                var back = new Return(invoice, capture, part, TaxOf(invoice, returned, part), reason);
                if (toCredit) Credit(draft, back);
                else Request(draft, back, ++refunds);
                amount -= part;
                returned += part;
            }
        }
    }

    private static void Request(Draft draft, in Return back, int refund) => draft.Add(new SubscriptionEvent.RefundRequested
    {
        At = draft.Now,
        Invoice = back.Invoice.Number,
        Refund = refund,
        ChargeAttempt = back.Capture.Attempt,
        Amount = back.Amount,
        Token = back.Capture.Token,
        Tax = back.Tax,
        Shares = back.Shares,
        Reason = back.Reason,
        AskAt = draft.Now + PaymentRules.Watchdog,
    });

    private static void Credit(Draft draft, in Return back) => draft.Add(new SubscriptionEvent.CreditGranted
    {
        At = draft.Now,
        Invoice = back.Invoice.Number,
        ChargeAttempt = back.Capture.Attempt,
        CreditNote = draft.State.CreditNoteCount + 1,
        Amount = back.Amount,
        Tax = back.Tax,
        Reason = back.Reason,
        Postings = Postings.Credited(back.Amount, back.Tax, back.Shares),
    });

    private static long TaxOf(Invoice invoice, long returned, long amount)
    {
        var tax = invoice.Taxes.Sum(one => one.Amount);
        var gross = invoice.Total + invoice.CreditApplied;
        return tax == 0 || gross <= 0 ? 0 : Taxes.Part(tax, returned, returned + amount, gross);
    }

    private readonly record struct Return(Invoice Invoice, Capture Capture, long Amount, long Tax, string? Reason)
    {
        public System.Collections.Immutable.ImmutableArray<PartyShare> Shares =>
            RevenueSplits.Part(Capture.Shares, Capture.Returned, Capture.Returned + Amount, Capture.Amount);
    }
}
