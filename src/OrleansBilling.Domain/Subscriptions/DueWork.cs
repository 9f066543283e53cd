using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What a subscription wakes for. The order decides between works due at one instant: a cancellation comes before any
/// charge.
/// </summary>
public enum DueKind
{
    /// <summary>A scheduled cancellation takes effect.</summary>
    Cancellation,

    /// <summary>Dunning without further attempts ends.</summary>
    GiveUp,

    /// <summary>A pause ends by itself.</summary>
    Resume,

    /// <summary>The start, the trial's end, or the period's end.</summary>
    Boundary,

    /// <summary>An invoice is to be tried.</summary>
    Attempt,

    /// <summary>A refund's outcome is to be asked for.</summary>
    AskRefund,

    /// <summary>A charge's outcome is to be asked for.</summary>
    AskCharge,

    /// <summary>The customer is to be reminded of a voucher.</summary>
    RemindOfVoucher,

    /// <summary>The customer is to be told of the coming renewal.</summary>
    Alert,
}

/// <summary>The next thing that a subscription does by itself.</summary>
/// <param name="At">When it is due.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Invoice">The invoice concerned, or 0.</param>
/// <param name="Refund">The refund concerned, or 0.</param>
public readonly record struct DueWork(Instant At, DueKind Kind, int Invoice, int Refund = 0)
{
    /// <summary>The one instant at which <paramref name="s"/> next needs to wake by itself, and for what; null for never.</summary>
    public static DueWork? Next(Subscription s)
    {
        ArgumentNullException.ThrowIfNull(s);
        DueWork? next = null;
        if (s.Charge is { } charge)
        {
            Consider(charge.AskAt, DueKind.AskCharge, charge.Invoice);

            // Nobody is reminded to pay for what has ended.
            if (!s.HasEnded) Consider(charge.Voucher?.RemindAt, DueKind.RemindOfVoucher, charge.Invoice);
        }

        foreach (var refund in s.Refunds) Consider(refund.AskAt, DueKind.AskRefund, refund.Invoice, refund.Attempt);
        if (s.HasEnded) return next;

        Consider(s.CancellationScheduled?.At, DueKind.Cancellation, 0);
        Consider(BoundaryOf(s), DueKind.Boundary, 0);
        if (s.IsPausedOnRequest) Consider(s.PausedUntil, DueKind.Resume, 0);
        if (IsToRenew(s)) Consider(s.AlertAt, DueKind.Alert, 0);
        foreach (var invoice in s.OpenInvoices)
        {
            Consider(invoice.GiveUpAt, DueKind.GiveUp, invoice.Number);

            // What is not overdue waits for the end of a pause; what is overdue does not.
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

    /// <summary>When the start, the trial's end or the period's end is due; null for never.</summary>
    public static Instant? BoundaryOf(Subscription s) => s.Status switch
    {
        SubscriptionStatus.Pending when s.CurrentPeriod is null => s.StartAt ?? s.CreatedAt,
        SubscriptionStatus.Trialing => s.TrialEnd,
        SubscriptionStatus.Active or SubscriptionStatus.PastDue when !s.TermEnded => s.CurrentPeriod?.End,
        _ => null,
    };
}
