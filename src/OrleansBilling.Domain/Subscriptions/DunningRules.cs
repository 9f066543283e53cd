using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Attempts to collect an invoice, and what happens when they fail (see "Dunning" in the domain's README).</summary>
internal static class DunningRules
{
    /// <summary>An automatic attempt is due: a first attempt, a scheduled retry, or one requested by a new payment method.</summary>
    public static void AttemptDue(Draft draft, OpenInvoice invoice)
    {
        // A blocked payment method is not tried automatically. The invoice waits for another one until its window ends.
        var windowEnd = RetrySchedule.WindowEnd(draft.Terms.Dunning, invoice.FirstAttemptAt ?? draft.Now, draft.Terms.Zone);
        var earliest = draft.State.PaymentBlocked ? windowEnd : EarliestAttempt(draft, draft.State.PaymentToken);

        // The first attempt of a later installment is not a retry, however many attempts the invoice has had.
        if (earliest is not { } at) PaymentRules.RequestCharge(draft, invoice, scheduledRetry: invoice is { Attempts: > 0, Overdue: true });
        else if (at > windowEnd || at <= draft.Now) Exhaust(draft, invoice.Number);
        else draft.Add(new SubscriptionEvent.AttemptPostponed { At = draft.Now, Invoice = invoice.Number, NextAttemptAt = at });
    }

    /// <summary>Tries the oldest overdue invoice at once, even after automatic retries ended.</summary>
    public static Refusal? Retry(Draft draft) => RefuseRetry(draft) ?? RetryOldest(draft);

    /// <summary>The same, if the oldest overdue invoice is the one that the caller means.</summary>
    public static Refusal? Retry(Draft draft, SubscriptionCommand.RetryInvoice command)
    {
        if (RefuseRetry(draft) is { } refusal) return refusal;
        var state = draft.State;
        if (command.Invoice < 1 || command.Invoice > state.InvoiceCount) return Refusal.InvoiceNotFound;
        if (state.FindOpenInvoice(command.Invoice) is not { Overdue: true }) return Refusal.InvoiceNotOverdue;
        return OldestOverdue(state)!.Number == command.Invoice ? RetryOldest(draft) : Refusal.OlderInvoiceOverdue;
    }

    private static Refusal? RefuseRetry(Draft draft)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        return draft.State.HasEnded ? Refusal.Ended(draft.State.Status) : null;
    }

    private static Refusal? RetryOldest(Draft draft)
    {
        var state = draft.State;
        if (!state.HasOverdue) return Refusal.NothingOverdue;
        if (state.Charge is not null) return Refusal.ChargeInFlight;
        if (state.PaymentToken is null) return Refusal.PaymentMethodRequired;
        if (EarliestAttempt(draft, state.PaymentToken) is not null) return Refusal.AttemptLimit;
        PaymentRules.RequestCharge(draft, OldestOverdue(state)!, scheduledRetry: false);
        return null;
    }

    /// <summary>Changes the payment method, tries the oldest overdue invoice at once, and ends a pause that waited for a method.</summary>
    public static Refusal? ChangePaymentMethod(Draft draft, SubscriptionCommand.ChangePaymentMethod command)
    {
        if (draft.State.HasEnded) return Refusal.Ended(draft.State.Status);

        // A method that was used before may be used again, but its earlier declines still count.
        if (draft.State.HasOverdue && EarliestAttempt(draft, command.Token) is not null) return Refusal.AttemptLimit;
        draft.Add(new SubscriptionEvent.PaymentMethodChanged { At = draft.Now, Token = command.Token });
        if (draft.State is { Status: SubscriptionStatus.Paused, PauseReason: PauseReason.NoPaymentMethod })
        {
            draft.Add(new SubscriptionEvent.Resumed { At = draft.Now });
            RecurrenceRules.StartTerm(draft, draft.Now);
            DueSteps.Run(draft);
            return null;
        }

        if (draft.State.Charge is null && OldestOverdue(draft.State) is { } invoice)
            PaymentRules.RequestCharge(draft, invoice, scheduledRetry: false);
        return null;
    }

    /// <summary>An attempt was declined: schedules the next one, or ends dunning.</summary>
    public static void Declined(Draft draft, PaymentInFlight charge, PaymentOutcome.Declined outcome)
    {
        var state = draft.State;
        var invoice = state.FindOpenInvoice(charge.Invoice)!;
        if (state.HasEnded)
        {
            DeclinedAfterEnd(draft, charge, outcome);
            return;
        }

        var policy = draft.Terms.Dunning;
        var first = invoice.FirstAttemptAt!.Value;
        Instant? next = null;
        Instant? giveUp = null;
        if (charge.Voucher is not null)
        {
            // After an expired voucher, a new one is issued only on request.
            var windowEnd = RetrySchedule.WindowEnd(policy, first, draft.Terms.Zone);
            if (charge.Token != state.PaymentToken) next = draft.Now;
            else if (!invoice.Exhausted && windowEnd > draft.Now) giveUp = windowEnd;
        }
        else if (charge.Token != state.PaymentToken)
        {
            // The method changed while this attempt was in flight, so try the new one.
            next = draft.Now;
        }
        else if (!invoice.Exhausted && !StandsStillUnpaid(state))
        {
            var windowEnd = RetrySchedule.WindowEnd(policy, first, draft.Terms.Zone);
            if (!outcome.Hard) next = RetrySchedule.Next(policy, first, charge.RequestedAt, invoice.Retries + 1, draft.Terms.Zone);
            else if (windowEnd > draft.Now) giveUp = windowEnd;
        }

        draft.Add(new SubscriptionEvent.ChargeDeclined
        {
            At = draft.Now, Invoice = charge.Invoice, Attempt = charge.Attempt, Code = outcome.Code, Hard = outcome.Hard,
            NextAttemptAt = next, GiveUpAt = giveUp,
        });
        if (next is null && giveUp is null && !invoice.Exhausted && !StandsStillUnpaid(draft.State)) Exhaust(draft, charge.Invoice);
    }

    /// <summary>Ends the dunning of an invoice: expires a subscription that never started, else follows the policy.</summary>
    public static void Exhaust(Draft draft, int invoice)
    {
        // An invoice that was given up before, or during the pause that followed, triggers no second action.
        var over = StandsStillUnpaid(draft.State) || draft.State.FindOpenInvoice(invoice)!.Exhausted;
        draft.Add(new SubscriptionEvent.DunningExhausted { At = draft.Now, Invoice = invoice });
        if (over) return;
        if (draft.State.Status == SubscriptionStatus.Pending)
        {
            CancellationRules.ExpireNow(draft);
            return;
        }

        switch (draft.Terms.Dunning.OnExhausted)
        {
            case ExhaustedAction.Cancel:
                CancellationRules.CancelNow(draft, new Cancellation(CancellationOrigin.System, "dunning_exhausted", null));
                break;
            case ExhaustedAction.Pause when draft.State.IsPausedOnRequest:
                break;
            case ExhaustedAction.Pause:
                draft.Add(new SubscriptionEvent.Paused { At = draft.Now, Reason = PauseReason.DunningExhausted });
                break;
            case ExhaustedAction.LeavePastDue:
                break;
            default:
                throw new InvalidOperationException($"Unknown dunning action: {draft.Terms.Dunning.OnExhausted}.");
        }
    }

    /// <summary>An invoice was collected: moves the billing date, ends a pause, or completes the term.</summary>
    public static void Recovered(Draft draft, OpenInvoice paid, bool first)
    {
        if (draft.State.HasEnded || draft.State.HasOverdue) return;
        if (StandsStillUnpaid(draft.State)) Resume(draft);

        var state = draft.State;
        if (state.TermEnded && state.OpenInvoices.IsEmpty)
        {
            draft.Add(new SubscriptionEvent.Completed { At = draft.Now });
        }
        else if (MovesBillingDate(draft, paid, first))
        {
            MoveBillingDate(draft);
        }
    }

    /// <summary>If the period ended during the pause, missed periods are not billed: a new period starts now.</summary>
    private static void Resume(Draft draft)
    {
        draft.Add(new SubscriptionEvent.Resumed { At = draft.Now });
        var state = draft.State;
        if (!state.TermEnded && state.CurrentPeriod!.End <= draft.Now) PauseRules.StartAfterwards(draft, draft.Now);
    }

    /// <summary>
    /// Recovery moves the billing date if the policy says so, unless the payment came on the billing date itself. A first
    /// payment that comes after its period is over always moves it, because nobody pays for time that was not served.
    /// </summary>
    private static bool MovesBillingDate(Draft draft, OpenInvoice paid, bool first)
    {
        var state = draft.State;
        if (state.HasEnded || !state.OpenInvoices.IsEmpty || paid.Period.Index != state.CurrentPeriod!.Index) return false;
        if (first && state.CurrentPeriod.End <= draft.Now) return true;
        var zone = draft.Terms.Zone;
        return paid is { Overdue: true, Extra: false, Parts: 0 } && draft.Terms.Dunning.MoveBillingDate &&
            draft.Now.InZone(zone).Date != paid.Period.Start.InZone(zone).Date;
    }

    private static void MoveBillingDate(Draft draft)
    {
        var zone = draft.Terms.Zone;
        var state = draft.State;
        var day = draft.Now.InZone(zone).Date;
        var anchor = new BillingAnchor(day + state.Anchor!.Value.TimeOfDay, state.CurrentPeriod!.Index);
        var end = BillingCalendar.Boundary(anchor.Local, draft.Terms.Plan.Interval, 1, zone);
        draft.Add(
            new SubscriptionEvent.BillingDateMoved
            {
                At = draft.Now, Anchor = anchor, PeriodEnd = end, AlertAt = RecurrenceRules.AlertBefore(draft, draft.Now, end),
            });
    }

    /// <summary>The last charge of an ended subscription was declined. Its invoice closes the same way as the others did.</summary>
    private static void DeclinedAfterEnd(Draft draft, PaymentInFlight charge, PaymentOutcome.Declined outcome)
    {
        draft.Add(new SubscriptionEvent.ChargeDeclined
        {
            At = draft.Now, Invoice = charge.Invoice, Attempt = charge.Attempt, Code = outcome.Code, Hard = outcome.Hard,
        });
        CancellationRules.CloseAfterEnd(draft, draft.State.FindOpenInvoice(charge.Invoice)!);
        FinalInvoiceRules.ChargeWhatWaits(draft);
    }

    /// <summary>Whether the subscription is paused by the system. A pause on request does not stop dunning.</summary>
    private static bool StandsStillUnpaid(Subscription state) => state is { Status: SubscriptionStatus.Paused, IsPausedOnRequest: false };

    private static OpenInvoice? OldestOverdue(Subscription state)
    {
        foreach (var invoice in state.OpenInvoices)
        {
            if (invoice.Overdue) return invoice;
        }

        return null;
    }

    /// <summary>When a payment method with too many declines may be tried again; null for now.</summary>
    public static Instant? EarliestAttempt(Draft draft, string? token)
    {
        var declines = draft.State.Declines;
        var counted = 0;
        for (var n = declines.Length - 1; n >= 0; n--)
        {
            if (declines[n].Token != token || ++counted < RetrySchedule.AttemptsMax) continue;
            var earliest = declines[n].At + RetrySchedule.AttemptWindow;
            return earliest > draft.Now ? earliest : null;
        }

        return null;
    }
}
