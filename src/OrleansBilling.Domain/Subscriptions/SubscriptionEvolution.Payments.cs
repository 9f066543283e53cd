using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Folds events about charges and refunds.</summary>
public static partial class SubscriptionEvolution
{
    private static Subscription RequestCharge(Subscription s, SubscriptionEvent.ChargeRequested e) =>
        WithInvoice(s, e.Invoice, i => i with
        {
            Attempts = e.Attempt,
            Retries = i.Retries + (e.ScheduledRetry ? 1 : 0),
            FirstAttemptAt = i.FirstAttemptAt ?? e.At,
            VoucherUnpaid = false,

            // The outcome decides what comes next. Until then the invoice is neither tried again nor given up.
            NextAttemptAt = null,
            GiveUpAt = null,
        }) with
        {
            Charge = new PaymentInFlight
            {
                Kind = PaymentKind.Charge, Invoice = e.Invoice, Attempt = e.Attempt, Amount = e.Amount, Token = e.Token,
                RequestedAt = e.At, ScheduledRetry = e.ScheduledRetry, AskAt = e.AskAt,
            },
        };

    private static Subscription Collect(Subscription s, SubscriptionEvent.ChargeSucceeded e)
    {
        var invoice = s.FindOpenInvoice(e.Invoice)!;
        var paid = invoice.Paid + e.Amount;
        var settled = paid >= invoice.Total;
        var left = settled
            ? Without(s.OpenInvoices, e.Invoice)
            : MapInvoices(s.OpenInvoices, i => i.Number == e.Invoice ? NextPart(i, paid, e.NextPartAt) : i);

        // For a voucher that is paid after it was given up, another charge or none is in flight.
        var inFlight = s.Charge is { } charge && charge.Invoice == e.Invoice && charge.Attempt == e.Attempt ? s.Charge : null;

        // A payment method that just paid is no longer blocked. Invoices that waited for another one are tried with it.
        var unblocks = s.PaymentBlocked && inFlight?.Token == s.PaymentToken;
        var collected = s with
        {
            Charge = inFlight is null ? s.Charge : null,
            PaymentBlocked = s.PaymentBlocked && !unblocks,

            // The change's invoice, or the older unpaid one, is paid and its unused part is credit by now: the change stands.
            Before = s.Before is { } before &&
                (before.ChangeInvoice == e.Invoice || (settled && before.Owed == e.Invoice)) ? null : s.Before,
            EndedPaid = s.EndedPaid ||
                (s is { HasEnded: true, ServiceValue: > 0, OrderVoided: false } && settled && e.Invoice == s.ServiceInvoice),
            OpenInvoices = unblocks ? MapInvoices(left, i => WaitsBeyond(i, e.At) ? TryAt(i, e.At) : i) : left,
            PaidRecurrences = s.PaidRecurrences + (settled && !invoice.Extra ? 1 : 0),
            LifetimePaid = checked(s.LifetimePaid + e.Amount),

            // The first payment after a trial. It was in flight when the subscription was canceled.
            HasSubscribed = s.HasSubscribed || (s is { HasEnded: true, EndedUnserved: false, TrialStart: not null } && !invoice.Extra),
            Declines = Recent(s.Declines, e.At),
        };
        if (s.HasEnded || s.Status == SubscriptionStatus.Paused) return collected;
        return Running(collected with { Status = SubscriptionStatus.Active, StartedAt = s.StartedAt ?? invoice.Period.Start });
    }

    /// <summary>The next installment starts its own dunning.</summary>
    private static OpenInvoice NextPart(OpenInvoice invoice, long paid, Instant? at) => invoice with
    {
        Paid = paid, PartsPaid = invoice.PartsPaid + 1, NextAttemptAt = at, FirstAttemptAt = null, GiveUpAt = null,
        Retries = 0, Overdue = false, Exhausted = false, LastCode = null,
    };

    private static Subscription Decline(Subscription s, SubscriptionEvent.ChargeDeclined e)
    {
        var samePaymentMethod = s.Charge!.Token == s.PaymentToken;
        var declined = WithInvoice(s, e.Invoice, i => i with
        {
            Overdue = true, LastCode = e.Code, NextAttemptAt = e.NextAttemptAt, GiveUpAt = e.GiveUpAt,
            VoucherUnpaid = s.Charge.Voucher is not null,
        }) with
        {
            Charge = null,
            PaymentBlocked = s.PaymentBlocked || (e.Hard && samePaymentMethod),
            Declines = Remember(s.Declines, new DeclinedAttempt(s.Charge.Token, e.At)),
        };
        return s.IsCurrent ? Running(declined) : declined;
    }

    /// <summary>An invoice that could not be tried when due is overdue, and its dunning window starts, as after a decline.</summary>
    private static Subscription Postpone(Subscription s, SubscriptionEvent.AttemptPostponed e)
    {
        var postponed = WithInvoice(s, e.Invoice, i => i with
        {
            NextAttemptAt = e.NextAttemptAt, FirstAttemptAt = i.FirstAttemptAt ?? e.At, Overdue = true,
        });
        return s.IsCurrent ? Running(postponed) : postponed;
    }

    private static Subscription ChangePaymentMethod(Subscription s, SubscriptionEvent.PaymentMethodChanged e) => s with
    {
        PaymentToken = e.Token,
        PaymentBlocked = false,
        OpenInvoices = MapInvoices(s.OpenInvoices, i => i.Overdue ? TryAt(i, e.At) : i),
    };

    private static bool WaitsBeyond(OpenInvoice invoice, Instant now) => invoice.GiveUpAt is not null || invoice.NextAttemptAt > now;

    private static OpenInvoice TryAt(OpenInvoice invoice, Instant at) => invoice with { NextAttemptAt = at, GiveUpAt = null };

    /// <summary>
    /// Money went back. The part that had paid for the running service must not be given back again.
    /// <paramref name="ofService"/> is that part, if it does not follow from the period.
    /// </summary>
    private static Subscription Returned(Subscription s, int period, long amount, long? ofService)
    {
        var returned = ofService ?? amount;
        if (s.CurrentPeriod?.Index == period) return s with { ServiceReturned = s.ServiceReturned + returned };
        if (s.Before is { } before && before.Period.Index == period)
            return s with { Before = before with { Returned = before.Returned + returned } };
        return ofService is null ? s : s with { ServiceReturned = s.ServiceReturned + returned };
    }

    /// <summary>A refund that fails after the service was settled again changes nothing.</summary>
    private static Subscription NotReturned(Subscription s, PaymentInFlight refund) =>
        s.ServiceInvoice == refund.ServiceInvoice ? Returned(s, refund.Period, -refund.Amount, -refund.OfService) : s;

    private static Subscription WithPayment(
        Subscription s, PaymentKind kind, int invoice, int attempt, Func<PaymentInFlight, PaymentInFlight> change)
    {
        if (kind == PaymentKind.Charge) return s with { Charge = change(s.Charge!) };
        var refund = s.FindRefund(invoice, attempt)!;
        return s with { Refunds = s.Refunds.Replace(refund, change(refund)) };
    }

    private static ImmutableArray<PaymentInFlight> WithoutRefund(ImmutableArray<PaymentInFlight> refunds, int invoice, int refund) =>
        refunds.RemoveAll(p => p.Invoice == invoice && p.Attempt == refund);

    private static ImmutableArray<DeclinedAttempt> Recent(ImmutableArray<DeclinedAttempt> declines, Instant now) =>
        declines.IsEmpty ? declines : declines.RemoveAll(declined => declined.At <= now - RetrySchedule.AttemptWindow);

    /// <summary>Keeps declines of all payment methods, so switching methods does not erase them. Drops the oldest first.</summary>
    private static ImmutableArray<DeclinedAttempt> Remember(ImmutableArray<DeclinedAttempt> declines, DeclinedAttempt declined)
    {
        var recent = Recent(declines, declined.At);
        return (recent.Length < RetrySchedule.DeclinesRememberedMax ? recent : recent.RemoveAt(0)).Add(declined);
    }

    private static Subscription WithInvoice(Subscription s, int number, Func<OpenInvoice, OpenInvoice> change) =>
        s with { OpenInvoices = MapInvoices(s.OpenInvoices, i => i.Number == number ? change(i) : i) };

    private static ImmutableArray<OpenInvoice> MapInvoices(ImmutableArray<OpenInvoice> invoices, Func<OpenInvoice, OpenInvoice> change)
    {
        if (invoices.IsEmpty) return invoices;
        var changed = new OpenInvoice[invoices.Length];
        for (var n = 0; n < changed.Length; n++) changed[n] = change(invoices[n]);
        return ImmutableCollectionsMarshal.AsImmutableArray(changed);
    }

    private static ImmutableArray<OpenInvoice> Without(ImmutableArray<OpenInvoice> invoices, int number)
    {
        for (var n = 0; n < invoices.Length; n++)
        {
            if (invoices[n].Number == number) return invoices.RemoveAt(n);
        }

        return invoices;
    }
}
