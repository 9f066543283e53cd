using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Payments in two steps: the request is durable before the provider is asked, and its outcome comes back as a command.
/// Unknown is not a decline: the same key is asked again until it is known (DESIGN section 5).
/// </summary>
internal static class PaymentRules
{
    /// <summary>After this long without an outcome, the provider is asked again; heals a crash between commit and call.</summary>
    private static readonly Duration Watchdog = Duration.FromSeconds(60);

    private static readonly Duration AskAgainFirst = Duration.FromSeconds(10);
    private static readonly Duration AskAgainLast = Duration.FromHours(1);

    public static void RequestCharge(Draft draft, OpenInvoice invoice, bool scheduledRetry) =>
        draft.Add(new SubscriptionEvent.ChargeRequested
        {
            At = draft.Now,
            Invoice = invoice.Number,
            Attempt = invoice.Attempts + 1,
            Amount = invoice.Total,
            Token = draft.State.PaymentToken!,
            ScheduledRetry = scheduledRetry,
            AskAt = draft.Now + Watchdog,
        });

    public static void RequestRefund(Draft draft, long amount)
    {
        var collected = draft.State.LastCollected!;
        draft.Add(new SubscriptionEvent.RefundRequested
        {
            At = draft.Now,
            Invoice = collected.Number,
            Refund = collected.Refunds + 1,
            ChargeAttempt = collected.Attempt,
            Amount = amount,
            Token = collected.Token,
            AskAt = draft.Now + Watchdog,
        });
    }

    public static void AskAgain(Draft draft, PaymentInFlight payment) =>
        draft.Add(new SubscriptionEvent.PaymentAsked
        {
            At = draft.Now, Kind = payment.Kind, Invoice = payment.Invoice, Attempt = payment.Attempt, AskAt = draft.Now + Watchdog,
        });

    /// <summary>Records what the provider said. What is not in flight was recorded before: nothing to do.</summary>
    public static Refusal? Record(Draft draft, SubscriptionCommand.RecordPayment command)
    {
        var payment = command.Kind == PaymentKind.Charge ? draft.State.Charge : draft.State.Refund;
        if (payment is null || payment.Invoice != command.Invoice || payment.Attempt != command.Attempt) return null;

        if (command.Outcome is PaymentOutcome.Unknown unknown) RecordUnknown(draft, payment, unknown);
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
        var first = draft.State.Status == SubscriptionStatus.Pending;
        draft.Add(new SubscriptionEvent.ChargeSucceeded
        {
            At = draft.Now, Invoice = payment.Invoice, Attempt = payment.Attempt, Amount = payment.Amount,
            Postings = Postings.Paid(payment.Amount),
        });
        DunningRules.Recovered(draft, invoice, first);

        // Canceled while its very first charge was in flight: it was never served, so the money goes back.
        if (draft.State is { HasEnded: true, StartedAt: null }) RequestRefund(draft, payment.Amount);
    }

    private static void RecordRefund(Draft draft, PaymentInFlight payment, PaymentOutcome outcome)
    {
        if (outcome is PaymentOutcome.Declined declined)
        {
            draft.Add(new SubscriptionEvent.RefundFailed
            {
                At = draft.Now, Invoice = payment.Invoice, Refund = payment.Attempt, Code = declined.Code,
            });
            return;
        }

        draft.Add(new SubscriptionEvent.RefundSucceeded
        {
            At = draft.Now, Invoice = payment.Invoice, Refund = payment.Attempt, Amount = payment.Amount,
            Postings = Postings.Refunded(payment.Amount),
        });
    }

    /// <summary>10 s, 30 s, 90 s … up to an hour.</summary>
    private static Duration AskAgainAfter(int asks)
    {
        var wait = AskAgainFirst;
        for (var n = 1; n < asks && wait < AskAgainLast; n++) wait *= 3;
        return Duration.Min(wait, AskAgainLast);
    }
}
