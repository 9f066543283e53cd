using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Payments in two steps. The request is durable before the provider is asked, and the outcome comes back as a command. An
/// unknown outcome is not a decline: the provider is asked again with the same key until the outcome is known (see "Charges
/// and attempts" in the domain's README).
/// </summary>
internal static class PaymentRules
{
    /// <summary>How long to wait for an outcome before asking again. Recovers from a crash between commit and call.</summary>
    public static readonly Duration Watchdog = Duration.FromSeconds(60);

    private static readonly Duration AskAgainFirst = Duration.FromSeconds(10);
    private static readonly Duration AskAgainLast = Duration.FromHours(1);

    public static void RequestCharge(Draft draft, OpenInvoice invoice, bool scheduledRetry) =>
        draft.Add(new SubscriptionEvent.ChargeRequested
        {
            At = draft.Now,
            Invoice = invoice.Number,
            Attempt = invoice.Attempts + 1,
            Amount = invoice.NextAmount,
            Token = draft.State.PaymentToken!,
            ScheduledRetry = scheduledRetry,
            AskAt = draft.Now + Watchdog,
        });

    public static void AskAgain(Draft draft, PaymentInFlight payment) =>
        draft.Add(new SubscriptionEvent.PaymentAsked
        {
            At = draft.Now, Kind = payment.Kind, Invoice = payment.Invoice, Attempt = payment.Attempt, AskAt = draft.Now + Watchdog,
        });

    /// <summary>Records the provider's answer. A payment that is not in flight was recorded before, so nothing happens.</summary>
    public static Refusal? Record(Draft draft, SubscriptionCommand.RecordPayment command)
    {
        var payment = command.Kind == PaymentKind.Charge ? draft.State.Charge : draft.State.FindRefund(command.Invoice, command.Attempt);
        if (payment is null || payment.Invoice != command.Invoice || payment.Attempt != command.Attempt) return null;

        if (command.Outcome is PaymentOutcome.Unknown unknown) RecordUnknown(draft, payment, unknown);
        else if (command.Outcome is PaymentOutcome.Pending pending) VoucherRules.Record(draft, payment, pending);
        else if (command.Kind == PaymentKind.Charge) RecordCharge(draft, payment, command.Outcome);
        else RecordRefund(draft, payment, command.Outcome);
        return null;
    }

    private static void RecordUnknown(Draft draft, PaymentInFlight payment, PaymentOutcome.Unknown outcome) =>
        draft.Add(new SubscriptionEvent.PaymentUnknown
        {
            At = draft.Now, Kind = payment.Kind, Invoice = payment.Invoice, Attempt = payment.Attempt, Code = outcome.Code,
            AskAt = draft.Now + AskAgainAfter(payment.Asks),
        });

    private static void RecordCharge(Draft draft, PaymentInFlight payment, PaymentOutcome outcome)
    {
        if (outcome is PaymentOutcome.Declined declined)
        {
            DunningRules.Declined(draft, payment, declined);
            return;
        }

        var invoice = draft.State.FindOpenInvoice(payment.Invoice)!;
        Collect(draft, invoice, payment.Attempt, payment.Amount);

        // The subscription ended while an installment was in flight: the other installments are no longer owed.
        if (draft.State.HasEnded && draft.State.FindOpenInvoice(invoice.Number) is { } rest) CancellationRules.CloseAfterEnd(draft, rest);

        // The subscription ended while the first charge of its term was in flight. Nothing was served, so the money goes back.
        if (draft.State is { HasEnded: true, EndedUnserved: true }) GiveBack(draft, invoice, payment);
        FinalInvoiceRules.ChargeWhatWaits(draft);
    }

    /// <summary>Collects an invoice or a part of it: shares the money out and continues everything that waited for it.</summary>
    public static void Collect(Draft draft, OpenInvoice invoice, int attempt, long amount)
    {
        var first = draft.State.Status == SubscriptionStatus.Pending;
        var settled = invoice.Paid + amount >= invoice.Total;
        var tax = Taxes.Part(invoice.Tax, invoice.Paid, invoice.Paid + amount, invoice.Gross);
        draft.Add(new SubscriptionEvent.ChargeSucceeded
        {
            At = draft.Now,
            Invoice = invoice.Number,
            Attempt = attempt,
            Amount = amount,
            NextPartAt = settled ? null : NextPartAt(draft, invoice),
            Postings = Postings.Paid(amount, SharesOf(draft, amount - tax)),
        });
        if (settled && invoice.UnusedWhenPaid > 0) CreditUnused(draft, invoice);
        if (settled && !invoice.Extra) DiscountRules.EarnReward(draft);
        DunningRules.Recovered(draft, invoice, first);
    }

    /// <summary>
    /// When the rest of the invoice is charged: at once if the next part is already due, or if a change left an amount owed of an
    /// invoice that was paid in parts.
    /// </summary>
    private static Instant NextPartAt(Draft draft, OpenInvoice invoice) => invoice.Parts == 0
        ? draft.Now
        : Instant.Max(draft.Now, UnusedService.PartDueAt(invoice, invoice.PartsPaid + 2, draft.Terms.Zone));

    private static ImmutableArray<PartyShare> SharesOf(Draft draft, long net) =>
        RevenueSplits.Of(draft.Terms.Offer.Split, draft.Terms.Product.SellerId, draft.State.AffiliateId, net);

    /// <summary>A change left this invoice partly unused while it was unpaid. It is paid now, so that part becomes credit.</summary>
    private static void CreditUnused(Draft draft, OpenInvoice invoice)
    {
        ImmutableArray<InvoiceLine> lines = [new(InvoiceLineType.ProrationCredit, -invoice.UnusedWhenPaid, "Unused time", invoice.Period)];
        InvoiceRules.IssueExtra(draft, new SubscriptionEvent.InvoiceIssued
        {
            At = draft.Now,
            Reason = InvoiceReason.UnusedService,
            Period = invoice.Period,
            Invoice = InvoiceRules.Issue(draft.State, draft.Terms, lines),
        });
    }

    /// <summary>Refunds the money to the payment method. What was paid with credit becomes credit again.</summary>
    private static void GiveBack(Draft draft, OpenInvoice invoice, PaymentInFlight charge)
    {
        var credit = invoice.Gross - invoice.Total;
        if (credit > 0)
        {
            ImmutableArray<InvoiceLine> lines = [new(InvoiceLineType.ProrationCredit, -credit, "Never served", invoice.Period)];
            InvoiceRules.IssueExtra(draft, new SubscriptionEvent.InvoiceIssued
            {
                At = draft.Now, Reason = InvoiceReason.UnusedService, Period = invoice.Period,
                Invoice = new IssuedInvoice(draft.State.InvoiceCount + 1, lines, -credit),
            });
        }

        var tax = Taxes.Part(invoice.Tax, invoice.Paid, invoice.Paid + charge.Amount, invoice.Gross);
        draft.Add(new SubscriptionEvent.RefundRequested
        {
            At = draft.Now,
            Invoice = charge.Invoice,
            Refund = invoice.Refunds + 1,
            ChargeAttempt = charge.Attempt,
            Amount = charge.Amount,
            Token = charge.Token,
            Tax = tax,
            Shares = SharesOf(draft, charge.Amount - tax),
            Period = invoice.Period.Index,
            Reason = "never_served",
            AskAt = draft.Now + Watchdog,
        });
    }

    private static void RecordRefund(Draft draft, PaymentInFlight payment, PaymentOutcome outcome)
    {
        if (outcome is PaymentOutcome.Declined declined)
        {
            draft.Add(new SubscriptionEvent.RefundFailed
            {
                At = draft.Now, Invoice = payment.Invoice, Refund = payment.Attempt, Code = declined.Code,
                ChargeAttempt = payment.ChargeAttempt, Amount = payment.Amount, Tax = payment.Tax, Shares = payment.Shares,
            });
            return;
        }

        draft.Add(new SubscriptionEvent.RefundSucceeded
        {
            At = draft.Now, Invoice = payment.Invoice, Refund = payment.Attempt, CreditNote = draft.State.CreditNoteCount + 1,
            Amount = payment.Amount,
            Postings = Postings.Refunded(payment.Amount, payment.Tax, payment.Shares),
        });
    }

    /// <summary>The back-off: 10 s, 30 s, 90 s … up to an hour.</summary>
    private static Duration AskAgainAfter(int asks)
    {
        var wait = AskAgainFirst;
        for (var n = 1; n < asks && wait < AskAgainLast; n++) wait *= 3;
        return Duration.Min(wait, AskAgainLast);
    }
}
