using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Reasons for a subscription to wake up. The order decides between work due at the same instant: a cancellation comes
/// before any charge.
/// </summary>
public enum DueKind
{
    /// <summary>A scheduled cancellation takes effect.</summary>
    Cancellation,

    /// <summary>The dunning of an invoice ends when no attempts are left.</summary>
    GiveUp,

    /// <summary>A pause with an end date ends.</summary>
    Resume,

    /// <summary>The subscription, its trial or its period reaches its boundary: start, trial end or period end.</summary>
    Boundary,

    /// <summary>An attempt to collect an invoice is due.</summary>
    Attempt,

    /// <summary>The provider is asked again about a refund.</summary>
    AskRefund,

    /// <summary>The provider is asked again about a charge.</summary>
    AskCharge,

    /// <summary>The customer is reminded of a voucher.</summary>
    RemindOfVoucher,

    /// <summary>The customer is told about the coming renewal.</summary>
    Alert,

    /// <summary>The end of the trial is announced.</summary>
    AnnounceTrialEnd,
}

/// <summary>The next thing that a subscription does on its own.</summary>
/// <param name="Invoice">The invoice concerned, or 0.</param>
/// <param name="Refund">The refund concerned, or 0.</param>
public readonly record struct DueWork(Instant At, DueKind Kind, int Invoice, int Refund = 0)
{
    /// <summary>When <paramref name="s"/> next has to wake up on its own, and why; null for never.</summary>
    public static DueWork? Next(Subscription s)
    {
        ArgumentNullException.ThrowIfNull(s);
        DueWork? next = null;
        if (s.Charge is { } charge)
        {
            Consider(charge.AskAt, DueKind.AskCharge, charge.Invoice);

            // No reminders after the subscription has ended.
            if (!s.HasEnded) Consider(charge.Voucher?.RemindAt, DueKind.RemindOfVoucher, charge.Invoice);
        }

        foreach (var refund in s.Refunds) Consider(refund.AskAt, DueKind.AskRefund, refund.Invoice, refund.Attempt);
        if (s.HasEnded) return next;

        Consider(s.CancellationScheduled?.At, DueKind.Cancellation, 0);
        Consider(BoundaryOf(s), DueKind.Boundary, 0);
        if (s.IsPausedOnRequest) Consider(s.PausedUntil, DueKind.Resume, 0);
        if (IsToRenew(s)) Consider(s.AlertAt, DueKind.Alert, 0);
        if (s.Status == SubscriptionStatus.Trialing) Consider(s.AnnounceAt, DueKind.AnnounceTrialEnd, 0);
        foreach (var invoice in s.OpenInvoices)
        {
            Consider(invoice.GiveUpAt, DueKind.GiveUp, invoice.Number);

            // During a pause, overdue invoices are still collected; the others wait for its end.
            if (s.Charge is null && (invoice.Overdue || s.Status != SubscriptionStatus.Paused))
                Consider(invoice.NextAttemptAt, DueKind.Attempt, invoice.Number);
        }

        return next;

        void Consider(Instant? at, DueKind kind, int invoice, int refund = 0)
        {
            if (at is not { } instant) return;
            if (next is { } best && (best.At < instant || (best.At == instant && best.Kind <= kind))) return;
            next = new DueWork(instant, kind, invoice, refund);
        }
    }

    private static bool IsToRenew(Subscription s) =>
        (s.IsCurrent || s.Status == SubscriptionStatus.Trialing) && s.CancellationScheduled is null && s.PauseScheduled is null &&
            !s.TermEnded;

    /// <summary>When the subscription starts, or its trial or period ends; null for never.</summary>
    public static Instant? BoundaryOf(Subscription s) => s.Status switch
    {
        SubscriptionStatus.Pending when s.CurrentPeriod is null => s.StartAt ?? s.CreatedAt,
        SubscriptionStatus.Trialing => s.TrialEnd,
        SubscriptionStatus.Active or SubscriptionStatus.PastDue when !s.TermEnded => s.CurrentPeriod?.End,
        _ => null,
    };
}
