using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Folds events into state. Total and pure: a snapshot always equals the fold of its events, and nothing here reads the
/// catalog or a clock.
/// </summary>
public static partial class SubscriptionEvolution
{
    /// <summary>The state after <paramref name="e"/>. Each event raises the version by one.</summary>
    /// <exception cref="InvalidOperationException">
    /// The first event is not <see cref="SubscriptionEvent.Subscribed"/>, or that event comes again.
    /// </exception>
    public static Subscription Evolve(Subscription? state, SubscriptionEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e is SubscriptionEvent.Subscribed subscribed)
        {
            if (state is not null) throw new InvalidOperationException("A subscription cannot be created twice.");
            return Create(subscribed);
        }

        if (state is null) throw new InvalidOperationException($"{e.GetType().Name} before the subscription was created.");
        var applied = Apply(state, e);
        return applied with
        {
            Version = state.Version + 1, UpdatedAt = e.At, HasSubscribed = applied.HasSubscribed || Population.MustRemember(applied),
        };
    }

    /// <summary>The state after all <paramref name="events"/>; null if there are none.</summary>
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
            Status = SubscriptionStatus.Trialing, TrialStart = x.Start, TrialEnd = x.End, StartedAt = s.StartedAt ?? x.Start,
            AlertAt = x.AlertAt, AnnounceAt = x.AnnounceAt,
        },
        SubscriptionEvent.TrialEndMoved x => s with { TrialEnd = x.End, AlertAt = x.AlertAt, AnnounceAt = x.AnnounceAt },
        SubscriptionEvent.TrialEndAnnounced => s with { AnnounceAt = null },
        SubscriptionEvent.InvoiceIssued x => Issue(s, x),
        SubscriptionEvent.InvoiceReduced x => Reduce(s, x),
        SubscriptionEvent.PlanChanged x => ChangePlan(s, x),
        SubscriptionEvent.ChangeVoided x => VoidChange(s, x),
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
            ServiceMoney = x.ServiceMoney, ServiceReturned = 0,
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
        SubscriptionEvent.RetentionAccepted x => s with
        {
            Retention = null, RetentionAccepted = Newest(s.RetentionAccepted, x.Assignment.OfferId!), RetentionAcceptedAt = x.At,
        },
        SubscriptionEvent.RenewalAlerted => s with { AlertAt = null },
        SubscriptionEvent.VoucherIssued x => s with { Charge = s.Charge! with { Voucher = x.Voucher, AskAt = x.AskAt } },
        SubscriptionEvent.VoucherReminded => s with { Charge = s.Charge! with { Voucher = s.Charge.Voucher! with { RemindAt = null } } },
        SubscriptionEvent.VoucherWithdrawn => s with { Charge = null },
        SubscriptionEvent.LatePaymentReceived x => s with { LifetimePaid = checked(s.LifetimePaid + x.Amount) },
        SubscriptionEvent.CreditGranted x =>
            Returned(s, x.Period, x.Amount, x.OfService) with { Credit = checked(s.Credit + x.Amount), CreditNoteCount = x.CreditNote },
        SubscriptionEvent.ChargedBack x => Returned(s, x.Period, x.Amount, x.OfService) with
        {
            LifetimePaid = checked(s.LifetimePaid - x.Amount), Credit = checked(s.Credit - x.CreditTaken),
        },
        SubscriptionEvent.ChargebackClosed x => s with
        {
            LifetimePaid = checked(s.LifetimePaid + x.Amount), Credit = checked(s.Credit + x.CreditReturned),
            ServiceReturned = s.ServiceReturned - x.OfService,
        },
        SubscriptionEvent.RecurrenceStarted x => StartRecurrence(s, x),
        SubscriptionEvent.ChargeRequested x => RequestCharge(s, x),
        SubscriptionEvent.ChargeSucceeded x => Collect(s, x),
        SubscriptionEvent.ChargeDeclined x => Decline(s, x),
        SubscriptionEvent.PaymentUnknown x => WithPayment(s, x.Kind, x.Invoice, x.Attempt, p => p with { AskAt = x.AskAt }),
        SubscriptionEvent.PaymentAsked x =>
            WithPayment(s, x.Kind, x.Invoice, x.Attempt, p => p with { AskAt = x.AskAt, Asks = p.Asks + 1 }),
        SubscriptionEvent.AttemptPostponed x => Postpone(s, x),
        SubscriptionEvent.DunningExhausted x =>
            WithInvoice(s, x.Invoice, i => i with { Exhausted = true, NextAttemptAt = null, GiveUpAt = null }),
        SubscriptionEvent.BillingDateMoved x => s with
        {
            Anchor = x.Anchor.Local, AnchorIndex = x.Anchor.Index, CurrentPeriod = s.CurrentPeriod! with { End = x.PeriodEnd },
            AlertAt = x.AlertAt,

            // A cancellation at period end moves with the end, because the longer period was paid.
            CancellationScheduled = s.CancellationScheduled is { } scheduled ? scheduled with { At = x.PeriodEnd } : null,
        },
        SubscriptionEvent.PaymentMethodChanged x => ChangePaymentMethod(s, x),
        SubscriptionEvent.MetadataChanged x => s with { Metadata = x.Metadata },
        SubscriptionEvent.MessageSent => s with { MessageCount = s.MessageCount + 1 },
        SubscriptionEvent.CancellationScheduled x =>
            s with { CancellationScheduled = new ScheduledCancellation(x.CancelAt, x.Cancellation) },
        SubscriptionEvent.CancellationUndone => s with { CancellationScheduled = null },
        SubscriptionEvent.Canceled x =>
            End(x.Cancellation.Voluntary ? Voided(s, x.Closed) : s, SubscriptionStatus.Canceled, x.Closed, x.At) with
            {
                CanceledAt = x.At, Cancellation = x.Cancellation,
            },
        SubscriptionEvent.Expired x => End(s, SubscriptionStatus.Expired, x.Closed, x.At),
        SubscriptionEvent.TermEnded x => (x.UsageBilled ? WithoutUsage(s) : s) with { TermEnded = true },
        SubscriptionEvent.Completed x => End(s, SubscriptionStatus.Completed, [], x.At),
        SubscriptionEvent.Paused x => WithoutTrialUsage(s) with
        {
            Status = SubscriptionStatus.Paused, PauseReason = x.Reason, PausedAt = x.From ?? x.At, PausedUntil = x.Until,
            PauseScheduled = null,
            AnnounceAt = null,

            // During a pause on request, overdue invoices are still collected. A pause after dunning ends collection.
            OpenInvoices = x.Reason == PauseReason.Requested
                ? s.OpenInvoices
                : MapInvoices(s.OpenInvoices, i => i.Overdue ? i with { NextAttemptAt = null, GiveUpAt = null } : i),
        },
        SubscriptionEvent.PauseEndMoved x => s with { PausedUntil = x.Until },
        SubscriptionEvent.Resumed =>
            Running(s with { PauseReason = null, PausedAt = null, PausedUntil = null, Status = SubscriptionStatus.Active }),
        SubscriptionEvent.Reactivated { GoesOn: true } x => Running(s with
        {
            CanceledAt = null, Cancellation = null, EndedPaid = false, AlertAt = x.AlertAt,
        }),
        SubscriptionEvent.Reactivated x => s with
        {
            Status = x.ChargeNow ? SubscriptionStatus.Pending : SubscriptionStatus.Active,
            CanceledAt = null, Cancellation = null, TermEnded = false, EndedUnserved = false, EndedPaid = false,
            TermStartIndex = (s.CurrentPeriod?.Index ?? 0) + 1,
        },
        SubscriptionEvent.InvoiceClosed x => CloseAfterEnd(s, x),
        SubscriptionEvent.RefundRequested x =>
            Returned(WithInvoice(s, x.Invoice, i => i with { Refunds = x.Refund }), x.Period, x.Amount, x.OfService) with
        {
            Refunds = s.Refunds.Add(new PaymentInFlight
            {
                Kind = PaymentKind.Refund, Invoice = x.Invoice, Attempt = x.Refund, ChargeAttempt = x.ChargeAttempt,
                Amount = x.Amount, Token = x.Token, Tax = x.Tax, Shares = x.Shares, Period = x.Period, OfService = x.OfService,
                ServiceInvoice = s.ServiceInvoice, RequestedAt = x.At, AskAt = x.AskAt,
            }),
        },
        SubscriptionEvent.RefundSucceeded x => s with
        {
            Refunds = WithoutRefund(s.Refunds, x.Invoice, x.Refund),
            LifetimePaid = checked(s.LifetimePaid - x.Amount),
            CreditNoteCount = x.CreditNote,
        },
        SubscriptionEvent.RefundFailed x =>
            NotReturned(s, s.FindRefund(x.Invoice, x.Refund)!) with { Refunds = WithoutRefund(s.Refunds, x.Invoice, x.Refund) },
        _ => throw new InvalidOperationException($"The fold does not handle {e.GetType().Name}."),
    };

    /// <summary>An invoice whose charge is in flight stays open until the outcome is known. The event closes the others.</summary>
    private static Subscription End(Subscription state, SubscriptionStatus status, ImmutableArray<ClosedInvoice> closed, Instant at)
    {
        var s = closed.Any(one => one.Invoice == state.Before?.ChangeInvoice) ? WithoutUnpaidChange(state) : state;
        var credit = s.Credit;
        foreach (var invoice in closed) credit = checked(credit + invoice.Credit);
        return WithoutTrialUsage(s) with
        {
            Status = status,
            EndedUnserved = s.Status == SubscriptionStatus.Pending,
            EndedPaid = s is { ServiceValue: > 0, ServiceInvoice: > 0, OrderVoided: false } && s.FindOpenInvoice(s.ServiceInvoice) is null,
            WaitingLines = ServedBy(s.WaitingLines, s.ServedUntil(at)),
            CancellationScheduled = null,
            ScheduledChange = null,
            PauseScheduled = null,
            PauseReason = null,
            PausedAt = null,
            PausedUntil = null,
            AlertAt = null,
            AnnounceAt = null,
            Retention = null,
            Credit = credit,
            OpenInvoices = MapInvoices(NotOf(closed, s.OpenInvoices), i => i with { NextAttemptAt = null, GiveUpAt = null }),
        };
    }

    /// <summary>Closes an invoice that stayed open when the subscription ended.</summary>
    private static Subscription CloseAfterEnd(Subscription s, SubscriptionEvent.InvoiceClosed e)
    {
        var closed = e.Closed;
        var rest = e.Status == InvoiceStatus.Void ? Voided(s, closed.Invoice, s.HasEnded) : s;
        if (closed.Invoice == s.Before?.ChangeInvoice)
        {
            var paid = WithoutUnpaidChange(rest);
            rest = paid with { WaitingLines = ServedBy(paid.WaitingLines, s.CanceledAt ?? s.UpdatedAt) };
        }

        return rest with { OpenInvoices = Without(s.OpenInvoices, closed.Invoice), Credit = checked(s.Credit + closed.Credit) };
    }

    /// <summary>Cuts waiting lines to the time that was served. Time after the end is never billed, even after a reactivation.</summary>
    private static ImmutableArray<InvoiceLine> ServedBy(ImmutableArray<InvoiceLine> waiting, Instant until) =>
        waiting.IsEmpty ? [] : [.. waiting.Select(line => InvoiceRules.ServedBy(line, until)).OfType<InvoiceLine>()];

    private static ImmutableArray<OpenInvoice> NotOf(ImmutableArray<ClosedInvoice> closed, ImmutableArray<OpenInvoice> open) =>
        closed.IsEmpty ? open : open.RemoveAll(invoice => closed.Any(one => one.Invoice == invoice.Number));

    private static Subscription Running(Subscription s) =>
        s with { Status = s.HasOverdue ? SubscriptionStatus.PastDue : SubscriptionStatus.Active };
}
