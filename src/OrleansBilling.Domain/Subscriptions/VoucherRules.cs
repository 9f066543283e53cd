using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Vouchers (boleto, Pix). The charge waits until the customer pays the voucher. The customer is reminded before it expires.
/// After that, the invoice waits for a new voucher or another payment method until its dunning window ends. Money for a voucher
/// that was given up is never lost: it pays the invoice if that is still owed, becomes credit if the voucher was withdrawn, and
/// is refunded otherwise.
/// </summary>
internal static class VoucherRules
{
    /// <summary>The decline code of an expired voucher.</summary>
    public const string Expired = "voucher_expired";

    /// <summary>The decline code of a voucher that is no longer needed.</summary>
    public const string Withdrawn = "voucher_withdrawn";

    /// <summary>How often to ask the provider about a voucher, in case it does not call.</summary>
    private static readonly Duration AskEvery = Duration.FromDays(1);

    /// <summary>Requests a new voucher for the oldest overdue invoice whose voucher expired.</summary>
    public static Refusal? Request(Draft draft)
    {
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (state.Charge?.Voucher is not null) return Refusal.VoucherPending;
        if (state.Charge is not null) return Refusal.ChargeInFlight;
        var expired = state.OpenInvoices.FirstOrDefault(invoice => invoice is { Overdue: true, VoucherUnpaid: true });
        if (expired is null) return Refusal.NoVoucherExpired;
        if (DunningRules.EarliestAttempt(draft, state.PaymentToken) is not null) return Refusal.AttemptLimit;
        PaymentRules.RequestCharge(draft, expired, scheduledRetry: false);
        return null;
    }

    /// <summary>The provider issued a voucher, or reports that it is still unpaid.</summary>
    public static void Record(Draft draft, PaymentInFlight payment, PaymentOutcome.Pending outcome)
    {
        if (payment.Kind == PaymentKind.Refund || payment.Voucher is { } known && draft.Now < known.ExpiresAt)
        {
            draft.Add(new SubscriptionEvent.PaymentUnknown
            {
                At = draft.Now, Kind = payment.Kind, Invoice = payment.Invoice, Attempt = payment.Attempt, Code = "pending",
                AskAt = payment.Voucher is { } waiting ? NextAsk(draft.Now, waiting.ExpiresAt) : draft.Now + AskEvery,
            });
        }
        else if (payment.Voucher is not null)
        {
            DunningRules.Declined(draft, payment, new PaymentOutcome.Declined(Expired, Hard: false));
        }
        else
        {
            Issue(draft, payment, outcome);
        }
    }

    public static void Remind(Draft draft)
    {
        var charge = draft.State.Charge!;
        draft.Add(
            new SubscriptionEvent.VoucherReminded
            {
                At = draft.Now, Invoice = charge.Invoice, Attempt = charge.Attempt, ExpiresAt = charge.Voucher!.ExpiresAt,
            });
    }

    /// <summary>The provider reports an outcome on its own. It counts like an answer, even after the payment was given up.</summary>
    public static Refusal? Confirm(Draft draft, SubscriptionCommand.ConfirmPayment command)
    {
        if (draft.Caller.Role is Role.Customer or Role.Seller) return Refusal.ForAdministrators;
        if (IsInFlight(draft.State, command))
            return PaymentRules.Record(
                draft, new SubscriptionCommand.RecordPayment(PaymentKind.Charge, command.Invoice, command.Attempt, command.Outcome));

        var invoice = draft.Invoices.FirstOrDefault(one => one.Number == command.Invoice);
        var attempt = invoice?.Attempts.FirstOrDefault(one => one.Number == command.Attempt);
        if (attempt is null) return Refusal.PaymentNotFound;

        // The outcome is already known. Only money that arrives after a decline is new.
        if (command.Outcome is not PaymentOutcome.Succeeded || invoice!.Captures.Any(capture => capture.Attempt == command.Attempt))
            return null;
        RecordLate(draft, command, attempt);
        return null;
    }

    public static bool IsInFlight(Subscription state, SubscriptionCommand.ConfirmPayment command) =>
        state.Charge is { } charge && charge.Invoice == command.Invoice && charge.Attempt == command.Attempt;

    private static void RecordLate(Draft draft, SubscriptionCommand.ConfirmPayment command, InvoiceAttempt attempt)
    {
        // A part that is not due yet is not owed yet. A customer who pays the previous part twice gets that money back.
        var open = draft.State.FindOpenInvoice(command.Invoice);
        var isOwed = open is not null && draft.State.Charge?.Invoice != open.Number &&
            (open.Parts == 0 || open.Overdue || open.NextAttemptAt <= draft.Now);
        if (open is not null && isOwed && open.NextAmount == attempt.Amount)
        {
            PaymentRules.Collect(draft, open, command.Attempt, attempt.Amount);
            return;
        }

        draft.Add(new SubscriptionEvent.LatePaymentReceived
        {
            At = draft.Now, Invoice = command.Invoice, Attempt = command.Attempt, Amount = attempt.Amount, Token = attempt.Token,
            Postings = Postings.PaidLate(attempt.Amount),
        });

        // A change of the subscription withdrew the invoice, so the money becomes credit.
        var invoice = draft.Invoices.First(one => one.Number == command.Invoice);
        if (invoice.Withdrawn && !draft.State.HasEnded)
        {
            draft.Add(new SubscriptionEvent.CreditGranted
            {
                At = draft.Now, Invoice = command.Invoice, ChargeAttempt = command.Attempt, CreditNote = draft.State.CreditNoteCount + 1,
                Amount = attempt.Amount, Reason = "late_payment", Postings = Postings.Credited(attempt.Amount, 0, []),
            });
            return;
        }

        draft.Add(new SubscriptionEvent.RefundRequested
        {
            At = draft.Now,
            Invoice = command.Invoice,
            Refund = invoice.Refunds + 1,
            ChargeAttempt = command.Attempt,
            Amount = attempt.Amount,
            Token = attempt.Token,
            Reason = "late_payment",
            AskAt = draft.Now + PaymentRules.Watchdog,
        });
    }

    private static void Issue(Draft draft, PaymentInFlight payment, PaymentOutcome.Pending outcome)
    {
        var terms = draft.Terms.Product.Voucher;
        var expires = BillingCalendar.PlusDays(payment.RequestedAt, terms.ValidDays, draft.Terms.Zone);
        var remind = BillingCalendar.PlusDays(expires, -terms.ReminderDays, draft.Terms.Zone);
        draft.Add(new SubscriptionEvent.VoucherIssued
        {
            At = draft.Now,
            Invoice = payment.Invoice,
            Attempt = payment.Attempt,
            Voucher = new PaymentVoucher(expires, terms.ReminderDays > 0 && remind > draft.Now ? remind : null, outcome.Reference),
            AskAt = NextAsk(draft.Now, expires),
        });
    }

    private static Instant NextAsk(Instant now, Instant expires) => Instant.Min(expires, now + AskEvery);
}
