using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Moves the next charge on request. The difference is prorated and billed with that charge: a longer period costs more, a
/// shorter one less (see "Billing date" in the domain's README).
/// </summary>
internal static class BillingDateRules
{
    public static Refusal? Change(Draft draft, SubscriptionCommand.ChangeBillingDate command)
    {
        if (DueSteps.CatchUp(draft) is { } late) return late;
        if (Check(draft) is { } refusal) return refusal;
        var state = draft.State;
        var zone = draft.Terms.Zone;
        var period = state.CurrentPeriod!;

        // The anchor is the requested local time, even if daylight saving skips that time on that day.
        var local = command.NextBillingAt?.InZone(zone).LocalDateTime ?? command.Date!.Value + state.Anchor!.Value.TimeOfDay;
        var end = command.NextBillingAt ?? BillingCalendar.ToInstant(local, zone);
        var latest = RecurrenceRules.EndOf(state, period.Index + 1, draft.Terms);
        var field = command.Date is null ? "next_billing_at" : "date";
        if (end <= draft.Now) return Refusal.BillingDateInPast with { Field = field };
        if (end > latest) return Refusal.BillingDateTooFar with { Field = field };
        if (end == period.End) return Refusal.NothingToChange;

        var moved = end > period.End ? Longer(draft, period, end, latest) : Shorter(draft, period, end);
        draft.Add(moved with
        {
            Anchor = new BillingAnchor(local, period.Index + 1),
            AlertAt = RecurrenceRules.AlertBefore(draft, draft.Now, end),
        });
        return null;
    }

    /// <summary>
    /// The extra time costs its share of the recurrence that would have started there. Moving by a whole interval costs exactly
    /// one recurrence.
    /// </summary>
    private static SubscriptionEvent.BillingDateChanged Longer(Draft draft, BillingPeriod period, Instant end, Instant latest)
    {
        var state = draft.State;
        var stretch = new BillingPeriod(period.Index, period.End, end);
        var share = (end - period.End).BclCompatibleTicks;
        var whole = (latest - period.End).BclCompatibleTicks;
        var price = Money.MultiplyDivide(InvoiceRules.PriceOf(draft.Terms.Offer, state.Quantity, state.AddOns), share, whole);
        price -= InvoiceRules.DiscountOn(state, draft.Terms.Plan.Id, index: null, price, share, whole);
        return Moved(
            draft, end, new InvoiceLine(InvoiceLineType.ProrationCharge, price, "Longer period", stretch), period.End,
            ServiceMoney.Kept(state, draft.Terms), ServiceMoney.Left(state, draft.Terms));
    }

    private static SubscriptionEvent.BillingDateChanged Shorter(Draft draft, BillingPeriod period, Instant end)
    {
        var state = draft.State;
        var from = state.ServedFrom ?? period.Start;
        var paid = ServiceMoney.Kept(state, draft.Terms);
        var kept = Money.MultiplyDivide(paid, (end - from).BclCompatibleTicks, (period.End - from).BclCompatibleTicks);
        var stretch = new BillingPeriod(period.Index, end, period.End);

        // The next invoice credits the line with its tax. That money is set aside until then.
        return Moved(
            draft, end, new InvoiceLine(InvoiceLineType.ProrationCredit, kept - paid, "Shorter period", stretch), end, kept,
            ServiceMoney.Left(state, draft.Terms) - RefundRules.WithTax(draft, paid - kept));
    }

    private static SubscriptionEvent.BillingDateChanged Moved(
        Draft draft, Instant end, InvoiceLine line, Instant servedTo, long serviceValue, long money) => new()
    {
        At = draft.Now, End = end, Anchor = new BillingAnchor(default, 0), Line = line, ServedTo = servedTo, ServiceValue = serviceValue,
        ServiceMoney = ServiceMoney.Stored(draft.Terms, money),
    };

    private static Refusal? Check(Draft draft)
    {
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (state.Status == SubscriptionStatus.PastDue) return Refusal.InvoiceOverdue;
        if (state.Status != SubscriptionStatus.Active || state.TermEnded) return Refusal.NotWhile(state.Status);
        if (state.CancellationScheduled is not null) return Refusal.CancellationScheduled;
        if (state.ScheduledChange is not null) return Refusal.PlanChangeScheduled;
        if (state.PauseScheduled is not null) return Refusal.PauseScheduled;
        if (!state.WaitingLines.IsEmpty) return Refusal.BillingDateChanged;
        if (!state.OpenInvoices.IsEmpty) return Refusal.InvoiceOpen;

        // The value of the service depends on whether the refund succeeds.
        return state.Refunds.Any(refund => refund.Period == state.CurrentPeriod!.Index) ? Refusal.RefundInFlight : null;
    }
}
