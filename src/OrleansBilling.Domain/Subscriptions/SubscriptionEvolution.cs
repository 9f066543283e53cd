using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Folds events into state. Total and pure: a snapshot is always the fold of its events, and nothing here looks at the
/// catalog or a clock.
/// </summary>
public static class SubscriptionEvolution
{
    /// <summary>The state after <paramref name="e"/>; each event raises the version by one.</summary>
    /// <exception cref="InvalidOperationException">The first event is not <see cref="SubscriptionEvent.Subscribed"/>, or comes twice.</exception>
    public static Subscription Evolve(Subscription? state, SubscriptionEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e is SubscriptionEvent.Subscribed subscribed)
        {
            if (state is not null) throw new InvalidOperationException("A subscription is created once.");
            return Create(subscribed);
        }

        if (state is null) throw new InvalidOperationException($"{e.GetType().Name} before the subscription was created.");
        return Apply(state, e) with { Version = state.Version + 1, UpdatedAt = e.At };
    }

    /// <summary>The state after all of <paramref name="events"/>, or null for none.</summary>
    public static Subscription? Fold(IEnumerable<SubscriptionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        Subscription? state = null;
        foreach (var e in events) state = Evolve(state, e);
        return state;
    }

    private static Subscription Create(SubscriptionEvent.Subscribed e) => new()
    {
        Id = e.Id,
        Version = 1,
        Status = SubscriptionStatus.Pending,
        OfferId = e.OfferId,
        OfferVersion = e.OfferVersion,
        Customer = e.Customer,
        PaymentToken = e.PaymentToken,
        TrialDays = e.TrialDays,
        StartAt = e.StartAt,
        Metadata = e.Metadata,
        CreatedAt = e.At,
        UpdatedAt = e.At,
    };

    private static Subscription Apply(Subscription s, SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.TrialStarted x => s with
        {
            Status = SubscriptionStatus.Trialing, TrialStart = x.Start, TrialEnd = x.End, StartedAt = s.StartedAt ?? x.Start,
        },
        SubscriptionEvent.TrialEndMoved x => s with { TrialEnd = x.End },
        SubscriptionEvent.RecurrenceStarted x => StartRecurrence(s, x),
        SubscriptionEvent.ChargeRequested x => RequestCharge(s, x),
        SubscriptionEvent.ChargeSucceeded x => Collect(s, x),
        SubscriptionEvent.ChargeDeclined x => Decline(s, x),
        SubscriptionEvent.PaymentUnknown x => WithPayment(s, x.Kind, p => p with { AskAt = x.AskAt }),
        SubscriptionEvent.PaymentAsked x => WithPayment(s, x.Kind, p => p with { AskAt = x.AskAt, Asks = p.Asks + 1 }),
        SubscriptionEvent.AttemptPostponed x => Postpone(s, x),
        SubscriptionEvent.DunningExhausted x => WithInvoice(s, x.Invoice, i => i with { Exhausted = true, NextAttemptAt = null, GiveUpAt = null }),
        SubscriptionEvent.BillingDateMoved x => s with
        {
            Anchor = x.Anchor.Local, AnchorIndex = x.Anchor.Index, CurrentPeriod = s.CurrentPeriod! with { End = x.PeriodEnd },

            // A cancellation asked for the period's end moves along with it; the longer period was paid.
            CancellationScheduled = s.CancellationScheduled is { } scheduled ? scheduled with { At = x.PeriodEnd } : null,
        },
        SubscriptionEvent.PaymentMethodChanged x => ChangePaymentMethod(s, x),
        SubscriptionEvent.CancellationScheduled x => s with { CancellationScheduled = new ScheduledCancellation(x.CancelAt, x.Cancellation) },
        SubscriptionEvent.CancellationUndone => s with { CancellationScheduled = null },
        SubscriptionEvent.Canceled x => End(s, SubscriptionStatus.Canceled) with { CanceledAt = x.At, Cancellation = x.Cancellation },
        SubscriptionEvent.Expired => End(s, SubscriptionStatus.Expired),
        SubscriptionEvent.TermEnded => s with { TermEnded = true },
        SubscriptionEvent.Completed => End(s, SubscriptionStatus.Completed),
        SubscriptionEvent.Paused x => s with
        {
            Status = SubscriptionStatus.Paused, PauseReason = x.Reason,
            OpenInvoices = MapInvoices(s.OpenInvoices, i => i with { NextAttemptAt = null, GiveUpAt = null }),
        },
        SubscriptionEvent.Resumed x => Running(s with
        {
            PauseReason = null, Status = SubscriptionStatus.Active, OpenInvoices = MapInvoices(s.OpenInvoices, i => TakeUpAgain(i, x.At)),
        }),
        SubscriptionEvent.Reactivated x => s with
        {
            Status = x.ChargeNow ? SubscriptionStatus.Pending : SubscriptionStatus.Active,
            CanceledAt = null, Cancellation = null, TermEnded = false,
            TermStartIndex = (s.CurrentPeriod?.Index ?? 0) + 1,
        },
        SubscriptionEvent.InvoiceClosed x => s with { OpenInvoices = Without(s.OpenInvoices, x.Closed.Invoice) },
        SubscriptionEvent.RefundRequested x => s with
        {
            LastCollected = s.LastCollected! with { Refunds = x.Refund },
            Refund = new PaymentInFlight
            {
                Kind = PaymentKind.Refund, Invoice = x.Invoice, Attempt = x.Refund, ChargeAttempt = x.ChargeAttempt,
                Amount = x.Amount, Token = x.Token, RequestedAt = x.At, AskAt = x.AskAt,
            },
        },
        SubscriptionEvent.RefundSucceeded x => s with
        {
            Refund = null,
            LifetimePaid = checked(s.LifetimePaid - x.Amount),
            LastCollected = s.LastCollected?.Number == x.Invoice
                ? s.LastCollected with { Refunded = s.LastCollected.Refunded + x.Amount }
                : s.LastCollected,
        },
        SubscriptionEvent.RefundFailed => s with { Refund = null },
        _ => throw new InvalidOperationException($"{e.GetType().Name} is not known to the fold."),
    };

    private static Subscription StartRecurrence(Subscription s, SubscriptionEvent.RecurrenceStarted e)
    {
        var owed = e.Invoice.Total > 0;
        var started = s with
        {
            CurrentPeriod = e.Period,
            Anchor = e.Anchor?.Local ?? s.Anchor,
            AnchorIndex = e.Anchor?.Index ?? s.AnchorIndex,
            InvoiceCount = e.Invoice.Number,
            OpenInvoices = owed ? s.OpenInvoices.Add(Owed(e)) : s.OpenInvoices,
        };

        // A first payment that is awaited keeps the subscription pending; whatever else starts a period runs.
        if (s.Status == SubscriptionStatus.Pending && owed) return started;
        return Running(started with { Status = SubscriptionStatus.Active, StartedAt = s.StartedAt ?? e.Period.Start });
    }

    private static OpenInvoice Owed(SubscriptionEvent.RecurrenceStarted e) => new()
    {
        Number = e.Invoice.Number,
        Period = e.Period,
        Total = e.Invoice.Total,
        NextAttemptAt = e.GiveUpAt is null ? e.At : null,
        FirstAttemptAt = e.GiveUpAt is null ? null : e.At,
        GiveUpAt = e.GiveUpAt,
        Overdue = e.GiveUpAt is not null,
    };

    private static Subscription RequestCharge(Subscription s, SubscriptionEvent.ChargeRequested e) =>
        WithInvoice(s, e.Invoice, i => i with
        {
            Attempts = e.Attempt,
            Retries = i.Retries + (e.ScheduledRetry ? 1 : 0),
            FirstAttemptAt = i.FirstAttemptAt ?? e.At,

            // The outcome says what comes next; until then it is neither tried again nor given up.
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
        var left = Without(s.OpenInvoices, e.Invoice);

        var collected = s with
        {
            Charge = null,

            // A payment method that just paid is no longer blocked, and what waited for another one is tried with it.
            PaymentBlocked = false,
            OpenInvoices = s.PaymentBlocked ? MapInvoices(left, i => WaitsBeyond(i, e.At) ? TryAt(i, e.At) : i) : left,
            PaidRecurrences = s.PaidRecurrences + 1,
            LifetimePaid = checked(s.LifetimePaid + e.Amount),

            // An older invoice that is paid late does not displace the current period's, which a cancellation may refund.
            LastCollected = s.LastCollected?.Number > e.Invoice
                ? s.LastCollected
                : new CollectedInvoice(e.Invoice, e.Attempt, invoice.Period, e.Amount, s.Charge!.Token, 0, 0),
            Declines = Recent(s.Declines, e.At),
        };
        if (s.HasEnded || s.Status == SubscriptionStatus.Paused) return collected;
        return Running(collected with { Status = SubscriptionStatus.Active, StartedAt = s.StartedAt ?? invoice.Period.Start });
    }

    private static Subscription Decline(Subscription s, SubscriptionEvent.ChargeDeclined e)
    {
        var samePaymentMethod = s.Charge!.Token == s.PaymentToken;
        var declined = WithInvoice(s, e.Invoice, i => i with
        {
            Overdue = true, LastCode = e.Code, NextAttemptAt = e.NextAttemptAt, GiveUpAt = e.GiveUpAt,
        }) with
        {
            Charge = null,
            PaymentBlocked = s.PaymentBlocked || (e.Hard && samePaymentMethod),
            Declines = Remember(s.Declines, new DeclinedAttempt(s.Charge.Token, e.At)),
        };
        return s.IsCurrent ? Running(declined) : declined;
    }

    /// <summary>What could not be tried when it was due is overdue, and its dunning window opens, as if it had been declined.</summary>
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

    /// <summary>What is in flight stays open until its outcome is known; the rest was closed by the event.</summary>
    private static Subscription End(Subscription s, SubscriptionStatus status)
    {
        var inFlight = s.Charge is null ? null : s.FindOpenInvoice(s.Charge.Invoice);
        return s with
        {
            Status = status,
            CancellationScheduled = null,
            PauseReason = null,
            OpenInvoices = inFlight is null ? [] : [inFlight with { NextAttemptAt = null, GiveUpAt = null }],
        };
    }

    /// <summary>An invoice whose first attempt the pause put off would otherwise never be tried.</summary>
    private static OpenInvoice TakeUpAgain(OpenInvoice invoice, Instant now) =>
        invoice is { Overdue: false, NextAttemptAt: null } ? invoice with { NextAttemptAt = now } : invoice;

    private static Subscription Running(Subscription s) =>
        s with { Status = s.HasOverdue ? SubscriptionStatus.PastDue : SubscriptionStatus.Active };

    private static Subscription WithPayment(Subscription s, PaymentKind kind, Func<PaymentInFlight, PaymentInFlight> change) =>
        kind == PaymentKind.Charge ? s with { Charge = change(s.Charge!) } : s with { Refund = change(s.Refund!) };

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

    private static ImmutableArray<DeclinedAttempt> Recent(ImmutableArray<DeclinedAttempt> declines, Instant now) =>
        declines.IsEmpty ? declines : declines.RemoveAll(declined => declined.At <= now - RetrySchedule.AttemptWindow);

    /// <summary>Changing to and fro between payment methods does not wipe what each was declined; the oldest goes first.</summary>
    private static ImmutableArray<DeclinedAttempt> Remember(ImmutableArray<DeclinedAttempt> declines, DeclinedAttempt declined)
    {
        var recent = Recent(declines, declined.At);
        return (recent.Length < RetrySchedule.DeclinesRememberedMax ? recent : recent.RemoveAt(0)).Add(declined);
    }
}
