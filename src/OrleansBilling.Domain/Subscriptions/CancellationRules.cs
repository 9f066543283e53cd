using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Cancel, uncancel, reactivate (see "Cancel, uncancel, reactivate" in the domain's README).</summary>
internal static class CancellationRules
{
    public static Refusal? Cancel(Draft draft, SubscriptionCommand.Cancel command)
    {
        if (command.Origin is not null && draft.Caller.Role != Role.Administrator) return Refusal.OriginForAdministrators;
        if (command.Refund != CancellationRefund.None && draft.Caller.Role == Role.Customer) return Refusal.RefundNotForCustomers;
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        var end = command.At == EffectiveAt.PeriodEnd ? EndOfService(draft) : null;
        if (end is not null && state.CancellationScheduled is not null) return Refusal.CancellationScheduled;
        if (command.At == EffectiveAt.PeriodEnd && command.Refund != CancellationRefund.None) return Refusal.RefundNeedsImmediateCancel;

        var cancellation = new Cancellation(command.Origin ?? OriginOf(draft.Caller.Role), command.Reason, null)
        {
            CommentSequence = command.Comment is null ? null : draft.TextSequence,
        };
        if (end is not { } at) return CancelWithRefund(draft, cancellation, command.Refund);
        draft.Add(new SubscriptionEvent.CancellationScheduled { At = draft.Now, CancelAt = at, Cancellation = cancellation });
        return null;
    }

    public static Refusal? Uncancel(Draft draft)
    {
        if (DueSteps.CatchUp(draft) is { } late) return late;
        if (draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (draft.State.CancellationScheduled is null) return Refusal.NoCancellationScheduled;
        draft.Add(new SubscriptionEvent.CancellationUndone { At = draft.Now });
        return null;
    }

    public static Refusal? Reactivate(Draft draft, SubscriptionCommand.Reactivate command)
    {
        if (!command.ChargeNow && draft.Caller.Role == Role.Customer) return Refusal.GivenPeriodNotForCustomers;
        var state = draft.State;
        if (state.Status is not (SubscriptionStatus.Canceled or SubscriptionStatus.Expired)) return Refusal.NotCanceled;
        if (state.Charge is not null) return Refusal.ChargeInFlight;
        if (GoesOn(draft)) return GoOn(draft, command);
        if (command.ChargeNow && LacksPaymentMethod(draft, command.PaymentToken)) return Refusal.PaymentMethodRequired;

        if (command.PaymentToken is { } token) draft.Add(new SubscriptionEvent.PaymentMethodChanged { At = draft.Now, Token = token });
        draft.Add(new SubscriptionEvent.Reactivated { At = draft.Now, ChargeNow = command.ChargeNow });
        RecurrenceRules.StartTerm(draft, draft.Now, new RecurrenceStart(Given: !command.ChargeNow));
        DueSteps.Run(draft);
        return null;
    }

    /// <summary>Whether the last period still runs, was paid in full, and nothing of it was refunded.</summary>
    private static bool GoesOn(Draft draft)
    {
        var state = draft.State;
        return state is { Status: SubscriptionStatus.Canceled, EndedPaid: true, ServiceReturned: 0 } &&
            (state.ServedTo ?? state.CurrentPeriod!.End) > draft.Now;
    }

    /// <summary>Continues to the end of the paid time. A lengthened period is cut there, because the extra time was never billed.</summary>
    private static Refusal? GoOn(Draft draft, SubscriptionCommand.Reactivate command)
    {
        var period = draft.State.CurrentPeriod!;
        var end = draft.State.ServedTo ?? period.End;
        if (command.PaymentToken is { } token) draft.Add(new SubscriptionEvent.PaymentMethodChanged { At = draft.Now, Token = token });
        draft.Add(new SubscriptionEvent.Reactivated
        {
            At = draft.Now, ChargeNow = command.ChargeNow, GoesOn = true, AlertAt = RecurrenceRules.AlertBefore(draft, draft.Now, end),
        });
        if (end == period.End) return null;
        draft.Add(new SubscriptionEvent.PeriodEndMoved
        {
            At = draft.Now,
            End = end,
            Anchor = new BillingAnchor(end.InZone(draft.Terms.Zone).LocalDateTime, period.Index + 1),
            AlertAt = draft.State.AlertAt,
        });
        return null;
    }

    /// <summary>
    /// A fee is charged immediately, so a blocked payment method is not enough. Usage is charged later, and the method may work
    /// by then.
    /// </summary>
    private static bool LacksPaymentMethod(Draft draft, string? newToken)
    {
        var state = draft.State;
        if (newToken is not null) return false;
        if (InvoiceRules.PriceOf(draft.Terms.Offer, state.Quantity, state.AddOns) > 0)
            return state.PaymentToken is null || state.PaymentBlocked;
        return state.PaymentToken is null && !draft.Terms.Offer.Meters.IsEmpty;
    }

    /// <summary>A scheduled cancellation takes effect, as an immediate one without a refund does.</summary>
    public static void CancelScheduled(Draft draft) =>
        Leave(draft, draft.State.CancellationScheduled!.Cancellation.WithoutText(draft.TextSequence));

    /// <summary>Ends the subscription and closes its open invoices, except one whose charge is in flight.</summary>
    public static void CancelNow(Draft draft, Cancellation cancellation)
    {
        // A voluntary leaver pays for the usage so far. After dunning or a chargeback, a final invoice would not be paid.
        var waiting = cancellation.Voluntary ? FinalInvoiceRules.IssueAndCharge(draft) : 0;
        var closed = OwedAndNotInFlight(draft.State, waiting);
        draft.Add(new SubscriptionEvent.Canceled
        {
            At = draft.Now,
            Cancellation = cancellation,
            Closed = closed,
            Postings = Postings.Summed(
                closed.SelectMany(invoice => cancellation.Voluntary ? Postings.Voided(invoice) : Postings.WrittenOff(invoice))),
        });
    }

    public static void ExpireNow(Draft draft)
    {
        var closed = OwedAndNotInFlight(draft.State);
        draft.Add(new SubscriptionEvent.Expired
        {
            At = draft.Now, Closed = closed, Postings = Postings.Summed(closed.SelectMany(invoice => Postings.WrittenOff(invoice))),
        });
    }

    /// <summary>
    /// Closes an open invoice. The unpaid rest is no longer owed. Credit that the invoice used is returned only if no money was
    /// paid on it.
    /// </summary>
    public static ClosedInvoice Close(OpenInvoice invoice)
    {
        var owed = invoice.Total - invoice.Paid;
        return invoice.Paid > 0
            ? new ClosedInvoice(invoice.Number, owed, 0, Taxes.Part(invoice.Tax, invoice.Gross - owed, invoice.Gross, invoice.Gross))
            : new ClosedInvoice(invoice.Number, owed, invoice.Gross - invoice.Total, invoice.Tax);
    }

    /// <summary>Cancels at the limit of open invoices: nobody will pay them, and the state would grow by one per period.</summary>
    public static bool CancelIfTooMuchIsOwed(Draft draft)
    {
        if (draft.State.OpenInvoices.Length < Subscription.OpenInvoicesMax) return false;
        CancelNow(draft, new Cancellation(CancellationOrigin.System, "too_many_open_invoices", null));
        return true;
    }

    /// <summary>Closes an invoice whose charge was in flight at the end, the same way as the others were closed.</summary>
    public static void CloseAfterEnd(Draft draft, OpenInvoice invoice)
    {
        var voluntary = draft.State.Cancellation?.Voluntary ?? false;
        var closed = Close(invoice);
        draft.Add(new SubscriptionEvent.InvoiceClosed
        {
            At = draft.Now,
            Closed = closed,
            Status = voluntary ? InvoiceStatus.Void : InvoiceStatus.Uncollectible,
            Postings = voluntary ? Postings.Voided(closed) : Postings.WrittenOff(closed),
        });
    }

    /// <summary>The final invoice bills the usage that an unpaid change had billed, so the change is voided first.</summary>
    private static void Leave(Draft draft, Cancellation cancellation)
    {
        UnpaidChangeRules.VoidUnlessInFlight(draft);
        CancelNow(draft, cancellation);
    }

    private static Refusal? CancelWithRefund(Draft draft, Cancellation cancellation, CancellationRefund refund)
    {
        if (refund == CancellationRefund.None)
        {
            Leave(draft, cancellation);
            return null;
        }

        // A charge in flight could still succeed after the refund is computed, and would then not be refunded.
        if (draft.State.Charge is not null) return Refusal.ChargeInFlight;

        UnpaidChangeRules.VoidUnlessInFlight(draft);
        var unused = CancellationRefunds.Owed(draft, refund);
        if (cancellation.Voluntary) FinalInvoiceRules.IssueAndCharge(draft);
        var (returns, credit) = CancellationRefunds.Of(draft, unused);
        if (RefundRules.AreTooMany(draft, returns)) return Refusal.TooManyRefunds;
        CancellationRefunds.GiveCreditBack(draft, credit);
        CancelNow(draft, cancellation);
        RefundRules.Request(draft, returns);
        return null;
    }

    /// <summary>The end of the running trial or period; null if no service is running.</summary>
    private static NodaTime.Instant? EndOfService(Draft draft)
    {
        var state = draft.State;
        var end = state.Status switch
        {
            SubscriptionStatus.Trialing => state.TrialEnd,
            SubscriptionStatus.Active or SubscriptionStatus.PastDue => state.CurrentPeriod?.End,
            _ => null,
        };
        return end > draft.Now ? end : null;
    }

    private static ImmutableArray<ClosedInvoice> OwedAndNotInFlight(Subscription state, int waiting = 0) =>
        [.. state.OpenInvoices.Where(i => i.Number != state.Charge?.Invoice && i.Number != waiting).Select(Close)];

    private static CancellationOrigin OriginOf(Role role) => role switch
    {
        Role.Customer => CancellationOrigin.Customer,
        Role.Seller => CancellationOrigin.Seller,
        Role.Administrator => CancellationOrigin.Administrator,
        _ => CancellationOrigin.System,
    };
}
