using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

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
        Quantity = e.Quantity,
        AddOns = e.AddOns,
        AffiliateId = e.AffiliateId,
        CreatedAt = e.At,
        UpdatedAt = e.At,
    };

    private static Subscription Apply(Subscription s, SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.TrialStarted x => s with
        {
            Status = SubscriptionStatus.Trialing, TrialStart = x.Start, TrialEnd = x.End, StartedAt = s.StartedAt ?? x.Start, AlertAt = x.AlertAt,
        },
        SubscriptionEvent.TrialEndMoved x => s with { TrialEnd = x.End, AlertAt = x.AlertAt },
        SubscriptionEvent.InvoiceIssued x => Issue(s, x),
        SubscriptionEvent.InvoiceReduced x => Reduce(s, x),
        SubscriptionEvent.PlanChanged x => ChangePlan(s, x),
        SubscriptionEvent.PlanChangeScheduled x => s with { ScheduledChange = x.Change },
        SubscriptionEvent.PlanChangeUndone => s with { ScheduledChange = null },
        SubscriptionEvent.PeriodEndMoved x => MovePeriodEnd(s, x),
        SubscriptionEvent.BillingDateChanged x => s with
        {
            CurrentPeriod = s.CurrentPeriod! with { End = x.End },
            RegularLength = s.RegularLength ?? s.CurrentPeriod.End - s.CurrentPeriod.Start,
            LengthenedFrom = s.LengthenedFrom ?? s.CurrentPeriod.End,
            Anchor = x.Anchor.Local, AnchorIndex = x.Anchor.Index, AlertAt = x.AlertAt,
            WaitingLines = s.WaitingLines.Add(x.Line), ServedTo = x.ServedTo, ServiceValue = x.ServiceValue,
        },
        SubscriptionEvent.PauseScheduled x => s with { PauseScheduled = new ScheduledPause(x.Until) },
        SubscriptionEvent.PauseUndone => s with { PauseScheduled = null },
        SubscriptionEvent.DiscountGranted x => s with
        {
            Discounts = s.Discounts.Add(x.Discount),
            LoyaltyRewards = s.LoyaltyRewards + (x.Discount.Source == DiscountSource.Loyalty ? 1 : 0),
        },
        SubscriptionEvent.UsageRecorded x => s with { Usage = Read(s.Usage, x.Readings) },
        SubscriptionEvent.RetentionAssigned x => s with { Retention = x.Assignment },
        SubscriptionEvent.RetentionAccepted x => s with { Retention = null, RetentionAccepted = Newest(s.RetentionAccepted, x.Assignment.OfferId!) },
        SubscriptionEvent.RenewalAlerted => s with { AlertAt = null },
        SubscriptionEvent.SlipIssued x => s with { Charge = s.Charge! with { Slip = x.Slip, AskAt = x.AskAt } },
        SubscriptionEvent.SlipReminded => s with { Charge = s.Charge! with { Slip = s.Charge.Slip! with { RemindAt = null } } },
        SubscriptionEvent.LatePaymentReceived x => s with { LifetimePaid = checked(s.LifetimePaid + x.Amount) },
        SubscriptionEvent.CreditGranted x => Returned(s, x.Period, x.Amount) with { Credit = checked(s.Credit + x.Amount), CreditNoteCount = x.CreditNote },
        SubscriptionEvent.ChargedBack x => Returned(s, x.Period, x.Amount) with
        {
            LifetimePaid = checked(s.LifetimePaid - x.Amount), Credit = checked(s.Credit - x.CreditTaken),
        },
        SubscriptionEvent.RecurrenceStarted x => StartRecurrence(s, x),
        SubscriptionEvent.ChargeRequested x => RequestCharge(s, x),
        SubscriptionEvent.ChargeSucceeded x => Collect(s, x),
        SubscriptionEvent.ChargeDeclined x => Decline(s, x),
        SubscriptionEvent.PaymentUnknown x => WithPayment(s, x.Kind, x.Invoice, x.Attempt, p => p with { AskAt = x.AskAt }),
        SubscriptionEvent.PaymentAsked x => WithPayment(s, x.Kind, x.Invoice, x.Attempt, p => p with { AskAt = x.AskAt, Asks = p.Asks + 1 }),
        SubscriptionEvent.AttemptPostponed x => Postpone(s, x),
        SubscriptionEvent.DunningExhausted x => WithInvoice(s, x.Invoice, i => i with { Exhausted = true, NextAttemptAt = null, GiveUpAt = null }),
        SubscriptionEvent.BillingDateMoved x => s with
        {
            Anchor = x.Anchor.Local, AnchorIndex = x.Anchor.Index, CurrentPeriod = s.CurrentPeriod! with { End = x.PeriodEnd }, AlertAt = x.AlertAt,

            // A cancellation asked for the period's end moves along with it; the longer period was paid.
            CancellationScheduled = s.CancellationScheduled is { } scheduled ? scheduled with { At = x.PeriodEnd } : null,
        },
        SubscriptionEvent.PaymentMethodChanged x => ChangePaymentMethod(s, x),
        SubscriptionEvent.CancellationScheduled x => s with { CancellationScheduled = new ScheduledCancellation(x.CancelAt, x.Cancellation) },
        SubscriptionEvent.CancellationUndone => s with { CancellationScheduled = null },
        SubscriptionEvent.Canceled x => End(s, SubscriptionStatus.Canceled, x.Closed, x.At) with { CanceledAt = x.At, Cancellation = x.Cancellation },
        SubscriptionEvent.Expired x => End(s, SubscriptionStatus.Expired, x.Closed, x.At),
        SubscriptionEvent.TermEnded => s with { TermEnded = true },
        SubscriptionEvent.Completed x => End(s, SubscriptionStatus.Completed, [], x.At),
        SubscriptionEvent.Paused x => WithoutTrialUsage(s) with
        {
            Status = SubscriptionStatus.Paused, PauseReason = x.Reason, PausedAt = x.From ?? x.At, PausedUntil = x.Until, PauseScheduled = null,

            // Who asks for a pause still owes what is overdue; a pause that comes of dunning is the end of it.
            OpenInvoices = x.Reason == PauseReason.Requested
                ? s.OpenInvoices
                : MapInvoices(s.OpenInvoices, i => i.Overdue ? i with { NextAttemptAt = null, GiveUpAt = null } : i),
        },
        SubscriptionEvent.Resumed => Running(s with { PauseReason = null, PausedAt = null, PausedUntil = null, Status = SubscriptionStatus.Active }),
        SubscriptionEvent.Reactivated x => s with
        {
            Status = x.ChargeNow ? SubscriptionStatus.Pending : SubscriptionStatus.Active,
            CanceledAt = null, Cancellation = null, TermEnded = false, EndedUnserved = false,
            TermStartIndex = (s.CurrentPeriod?.Index ?? 0) + 1,
        },
        SubscriptionEvent.InvoiceClosed x => s with
        {
            OpenInvoices = Without(s.OpenInvoices, x.Closed.Invoice), Credit = checked(s.Credit + x.Closed.Credit),
        },
        SubscriptionEvent.RefundRequested x => Returned(s, x.Period, x.Amount) with
        {
            Refunds = s.Refunds.Add(new PaymentInFlight
            {
                Kind = PaymentKind.Refund, Invoice = x.Invoice, Attempt = x.Refund, ChargeAttempt = x.ChargeAttempt,
                Amount = x.Amount, Token = x.Token, Tax = x.Tax, Shares = x.Shares, Period = x.Period, RequestedAt = x.At, AskAt = x.AskAt,
            }),
        },
        SubscriptionEvent.RefundSucceeded x => s with
        {
            Refunds = WithoutRefund(s.Refunds, x.Invoice, x.Refund),
            LifetimePaid = checked(s.LifetimePaid - x.Amount),
            CreditNoteCount = x.CreditNote,
        },
        SubscriptionEvent.RefundFailed x => Returned(s, s.FindRefund(x.Invoice, x.Refund)!.Period, -x.Amount) with { Refunds = WithoutRefund(s.Refunds, x.Invoice, x.Refund) },
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
            TermStartIndex = e.NewTerm ? e.Period.Index : s.TermStartIndex,
            InvoiceCount = e.Invoice.Number,
            Credit = checked(s.Credit + e.Invoice.CreditChange),
            ServedFrom = null,
            ServedTo = null,
            RegularLength = null,
            LengthenedFrom = null,
            WaitingLines = [],
            ServiceValue = e.ServiceValue,
            ServiceInvoice = e.Invoice.Number,
            ServiceReturned = 0,
            AlertAt = e.AlertAt,
            Discounts = s.Discounts.IsEmpty ? s.Discounts : s.Discounts.RemoveAll(d => d.ToIndex < e.Period.Index),
            OpenInvoices = owed
                ? s.OpenInvoices.Add(Owed(e.Invoice, e.Period, e.At, e.GiveUpAt, e.PartsFrom) with { Renewal = !e.NewTerm && e.Period.Index > s.TermStartIndex })
                : s.OpenInvoices,
        };
        if (e.UsageBilled) started = WithoutUsage(started);

        // A first payment that is awaited keeps the subscription pending; whatever else starts a period runs.
        if (s.Status == SubscriptionStatus.Pending && owed) return started;
        return Running(started with { Status = SubscriptionStatus.Active, StartedAt = s.StartedAt ?? e.Period.Start });
    }

    private static Subscription Issue(Subscription s, SubscriptionEvent.InvoiceIssued e)
    {
        var issued = s with
        {
            InvoiceCount = e.Invoice.Number,
            WaitingLines = e.Reason == InvoiceReason.UnusedService ? s.WaitingLines : [],
            Credit = checked(s.Credit + e.Invoice.CreditChange),
            OpenInvoices = e.Invoice.Total > 0
                ? s.OpenInvoices.Add(Owed(e.Invoice, e.Period, e.At, e.GiveUpAt, null) with { Extra = true })
                : s.OpenInvoices,
        };
        if (e.ServedFrom is not null)
        {
            issued = issued with
            {
                ServedFrom = e.ServedFrom, ServedTo = null, ServiceValue = e.ServiceValue, ServiceInvoice = e.Invoice.Number, ServiceReturned = 0,
            };
        }

        if (e.UsageBilled) issued = WithoutUsage(issued);
        return issued.IsCurrent ? Running(issued) : issued;
    }

    private static Subscription Reduce(Subscription s, SubscriptionEvent.InvoiceReduced e)
    {
        var invoice = s.FindOpenInvoice(e.Invoice)!;
        var total = invoice.Total - e.Amount;
        if (total > invoice.Paid) return WithInvoice(s, e.Invoice, i => i with
        {
            Total = total, Tax = i.Tax - e.Tax, Gross = i.Gross - e.Amount, Parts = 0, PartsPaid = 0, PartsFrom = null,
        });
        return s with { OpenInvoices = Without(s.OpenInvoices, e.Invoice), PaidRecurrences = s.PaidRecurrences + 1 };
    }

    private static Subscription ChangePlan(Subscription s, SubscriptionEvent.PlanChanged e)
    {
        var changed = WithoutTrialUsage(s) with
        {
            OfferId = e.OfferId, OfferVersion = e.OfferVersion, Quantity = e.Quantity, AddOns = e.AddOns, ScheduledChange = null, AlertAt = e.AlertAt,
        };
        return e.UnusedWhenPaid == 0 ? changed : WithInvoice(changed, s.ServiceInvoice, i => i with { UnusedWhenPaid = e.UnusedWhenPaid });
    }

    private static Subscription MovePeriodEnd(Subscription s, SubscriptionEvent.PeriodEndMoved e)
    {
        var period = s.CurrentPeriod!;
        var moved = s with
        {
            CurrentPeriod = period with { End = e.End },
            RegularLength = s.RegularLength ?? period.End - period.Start,
            Anchor = e.Anchor?.Local ?? s.Anchor,
            AnchorIndex = e.Anchor?.Index ?? s.AnchorIndex,
            AlertAt = e.AlertAt,
        };
        return e.StoodStill is not { } stood ? moved : moved with
        {
            ServedFrom = (s.ServedFrom ?? period.Start) + stood,
            ServedTo = s.ServedTo + stood,
            LengthenedFrom = s.LengthenedFrom + stood,
            WaitingLines = s.WaitingLines.IsEmpty ? [] : [.. s.WaitingLines.Select(line => line with { Period = Shifted(line.Period!, stood) })],
            OpenInvoices = MapInvoices(s.OpenInvoices, i => i.Overdue ? i : i with
            {
                NextAttemptAt = i.NextAttemptAt + stood, PartsFrom = i.PartsFrom?.PlusNanoseconds(stood.ToInt64Nanoseconds()),
            }),
        };
    }

    private static BillingPeriod Shifted(BillingPeriod period, Duration by) => period with { Start = period.Start + by, End = period.End + by };

    private static Subscription WithoutUsage(Subscription s) => s.Usage.IsEmpty ? s : s with { Usage = [], UsageWindow = s.UsageWindow + 1 };

    /// <summary>Usage of a trial is part of the trial: whatever comes instead of its end does not bill it later.</summary>
    private static Subscription WithoutTrialUsage(Subscription s) => s.Status == SubscriptionStatus.Trialing ? WithoutUsage(s) : s;

    private static ImmutableArray<string> Newest(ImmutableArray<string> ids, string id) =>
        (ids.Length < RetentionPolicy.OffersMax ? ids : ids.RemoveAt(0)).Add(id);

    private static ImmutableArray<MeterReading> Read(ImmutableArray<MeterReading> usage, ImmutableArray<MeterReading> readings)
    {
        var read = usage;
        foreach (var reading in readings)
        {
            var known = read.FirstOrDefault(r => r.Meter == reading.Meter);
            read = known is null ? read.Add(reading) : read.Replace(known, reading);
        }

        return read;
    }

    /// <summary>A refund that fails after the service was settled anew has nothing left to take back.</summary>
    private static Subscription Returned(Subscription s, int period, long amount) =>
        s.CurrentPeriod?.Index == period ? s with { ServiceReturned = Math.Max(0, s.ServiceReturned + amount) } : s;

    private static OpenInvoice Owed(IssuedInvoice invoice, BillingPeriod period, Instant at, Instant? giveUpAt, LocalDateTime? partsFrom) => new()
    {
        Number = invoice.Number,
        Period = period,
        Total = invoice.Total,
        Gross = invoice.Total + invoice.CreditApplied,
        Tax = invoice.Tax,
        Parts = invoice.Parts,
        PartsFrom = partsFrom,
        NextAttemptAt = giveUpAt is null ? at : null,
        FirstAttemptAt = giveUpAt is null ? null : at,
        GiveUpAt = giveUpAt,
        Overdue = giveUpAt is not null,
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
        var paid = invoice.Paid + e.Amount;
        var settled = paid >= invoice.Total;
        var left = settled ? Without(s.OpenInvoices, e.Invoice) : MapInvoices(s.OpenInvoices, i => i.Number == e.Invoice ? NextPart(i, paid, e.NextPartAt) : i);

        // A slip that was paid after it had been given up finds something else in flight, or nothing.
        var inFlight = s.Charge is { } charge && charge.Invoice == e.Invoice && charge.Attempt == e.Attempt ? s.Charge : null;

        // A payment method that just paid is no longer blocked, and what waited for another one is tried with it.
        var unblocks = s.PaymentBlocked && inFlight?.Token == s.PaymentToken;
        var collected = s with
        {
            Charge = inFlight is null ? s.Charge : null,
            PaymentBlocked = s.PaymentBlocked && !unblocks,
            OpenInvoices = unblocks ? MapInvoices(left, i => WaitsBeyond(i, e.At) ? TryAt(i, e.At) : i) : left,
            PaidRecurrences = s.PaidRecurrences + (settled && !invoice.Extra ? 1 : 0),
            LifetimePaid = checked(s.LifetimePaid + e.Amount),
            Declines = Recent(s.Declines, e.At),
        };
        if (s.HasEnded || s.Status == SubscriptionStatus.Paused) return collected;
        return Running(collected with { Status = SubscriptionStatus.Active, StartedAt = s.StartedAt ?? invoice.Period.Start });
    }

    /// <summary>The next part begins with a clean record.</summary>
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
    private static Subscription End(Subscription s, SubscriptionStatus status, ImmutableArray<ClosedInvoice> closed, Instant at)
    {
        var inFlight = s.Charge is null ? null : s.FindOpenInvoice(s.Charge.Invoice);
        var credit = s.Credit;
        foreach (var invoice in closed) credit = checked(credit + invoice.Credit);
        return WithoutTrialUsage(s) with
        {
            Status = status,
            EndedUnserved = s.Status == SubscriptionStatus.Pending,

            // A stretch that service did not reach is never billed, however long the subscription rests.
            WaitingLines = s.WaitingLines.IsEmpty ? [] : [.. s.WaitingLines.Select(line => InvoiceRules.ServedBy(line, s.ServedUntil(at))).OfType<InvoiceLine>()],
            CancellationScheduled = null,
            ScheduledChange = null,
            PauseScheduled = null,
            PauseReason = null,
            PausedAt = null,
            PausedUntil = null,
            AlertAt = null,
            Retention = null,
            Credit = credit,
            OpenInvoices = inFlight is null ? [] : [inFlight with { NextAttemptAt = null, GiveUpAt = null }],
        };
    }

    private static Subscription Running(Subscription s) =>
        s with { Status = s.HasOverdue ? SubscriptionStatus.PastDue : SubscriptionStatus.Active };

    private static Subscription WithPayment(Subscription s, PaymentKind kind, int invoice, int attempt, Func<PaymentInFlight, PaymentInFlight> change)
    {
        if (kind == PaymentKind.Charge) return s with { Charge = change(s.Charge!) };
        var refund = s.FindRefund(invoice, attempt)!;
        return s with { Refunds = s.Refunds.Replace(refund, change(refund)) };
    }

    private static ImmutableArray<PaymentInFlight> WithoutRefund(ImmutableArray<PaymentInFlight> refunds, int invoice, int refund) =>
        refunds.RemoveAll(p => p.Invoice == invoice && p.Attempt == refund);

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
