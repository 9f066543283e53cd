using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Pauses on request. Nothing is invoiced during the pause. On resume the unused part of the period continues, so the next
/// billing moves by the length of the pause (see "Pause and resume" in the domain's README).
/// </summary>
internal static class PauseRules
{
    /// <summary>The longest pause with an end date.</summary>
    public static readonly Duration PauseMax = Duration.FromDays(730);

    public static Refusal? Pause(Draft draft, SubscriptionCommand.Pause command)
    {
        if (DueSteps.CatchUp(draft) is { } late) return late;
        if (draft.State.IsPausedOnRequest && command is { At: EffectiveAt.Now, Until: { } until }) return MoveEnd(draft, until);
        if (Check(draft) is { } refusal) return refusal;
        var begins = command.At == EffectiveAt.PeriodEnd ? draft.State.CurrentPeriod!.End : draft.Now;
        if (command.Until <= begins) return Refusal.PauseEndNotLater;
        if (command.Until > begins + PauseMax) return Refusal.PauseTooLong;
        if (command.At == EffectiveAt.PeriodEnd) draft.Add(new SubscriptionEvent.PauseScheduled { At = draft.Now, Until = command.Until });
        else Begin(draft, draft.Now, command.Until);
        return null;
    }

    public static Refusal? Resume(Draft draft)
    {
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (state.PauseScheduled is not null)
        {
            draft.Add(new SubscriptionEvent.PauseUndone { At = draft.Now });
            return null;
        }

        if (state.Status != SubscriptionStatus.Paused) return Refusal.NotPaused;
        if (!state.IsPausedOnRequest) return Refusal.PausedForPayment;
        // If the pause's end has passed, the pause ended then, even if nothing has woken the subscription yet.
        End(draft, Instant.Min(draft.Now, state.PausedUntil ?? draft.Now));
        DueSteps.Run(draft);
        return null;
    }

    /// <summary>Begins a pause now, or at the end of the period that was just caught up.</summary>
    public static void Begin(Draft draft, Instant from, Instant? until) =>
        draft.Add(
            new SubscriptionEvent.Paused
            {
                At = draft.Now, Reason = PauseReason.Requested, From = from == draft.Now ? null : from, Until = until,
            });

    /// <summary>Ends the pause at an instant. The rest of the period continues, or the next period starts if nothing is left.</summary>
    public static void End(Draft draft, Instant at)
    {
        var pausedAt = draft.State.PausedAt!.Value;
        draft.Add(new SubscriptionEvent.Resumed { At = draft.Now });
        var period = draft.State.CurrentPeriod!;
        if (period.End > pausedAt)
        {
            var stood = at - pausedAt;
            var end = period.End + stood;
            draft.Add(new SubscriptionEvent.PeriodEndMoved
            {
                At = draft.Now,
                End = end,
                StoodStill = stood,
                Anchor = new BillingAnchor(end.InZone(draft.Terms.Zone).LocalDateTime, period.Index + 1),
                AlertAt = RecurrenceRules.AlertBefore(draft, at, end),
            });
            return;
        }

        if (!draft.State.TermEnded) StartAfterwards(draft, at);
    }

    /// <summary>
    /// Continues after a pause, of either kind, that outlasted its period. A change scheduled for the period's end takes effect.
    /// Then the next period starts, or the term ends.
    /// </summary>
    public static void StartAfterwards(Draft draft, Instant at)
    {
        var settled = InvoiceRules.WaitingAndUsage(draft.State, draft.Terms, at);
        var otherInterval = PlanChangeRules.ApplyScheduled(draft);
        if (!otherInterval && RecurrenceRules.IsLastOfTerm(draft.State, draft.Terms.Plan)) RecurrenceRules.EndTerm(draft, settled);
        else RecurrenceRules.StartTerm(draft, at, new RecurrenceStart(NewTerm: otherInterval, Settled: settled));
    }

    /// <summary>Changes the end of a running pause. The maximum length counts from the start of the pause.</summary>
    private static Refusal? MoveEnd(Draft draft, Instant until)
    {
        if (until <= draft.Now) return Refusal.PauseEndNotLater;
        if (until > draft.State.PausedAt + PauseMax) return Refusal.PauseTooLong;
        if (until != draft.State.PausedUntil) draft.Add(new SubscriptionEvent.PauseEndMoved { At = draft.Now, Until = until });
        return null;
    }

    private static Refusal? Check(Draft draft)
    {
        var state = draft.State;
        if (state.HasEnded) return Refusal.Ended(state.Status);
        if (state.Status == SubscriptionStatus.PastDue) return Refusal.InvoiceOverdue;
        if (state.Status != SubscriptionStatus.Active || state.TermEnded) return Refusal.NotWhile(state.Status);
        if (state.CancellationScheduled is not null) return Refusal.CancellationScheduled;
        if (state.PauseScheduled is not null) return Refusal.PauseScheduled;
        return state.Charge is null ? null : Refusal.ChargeInFlight;
    }
}
