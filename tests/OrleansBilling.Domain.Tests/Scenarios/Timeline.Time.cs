namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>How time passes: from due time to due time, like the due pump does it.</summary>
public sealed partial class Timeline
{
    private const int WakesMax = 20_000;

    public Timeline To(string utc) => To(When.Utc(utc));

    public Timeline ToLocal(string local) => To(When.Local(local, Terms.Product.TimeZone));

    /// <summary>Moves by calendar days in the product's time zone.</summary>
    public Timeline Days(int days) => To(BillingCalendar.PlusDays(Now, days, Terms.Zone));

    public Timeline Seconds(int seconds) => To(Now + Duration.FromSeconds(seconds));

    /// <summary>Lives until <paramref name="target"/>: all due work happens at its own instant.</summary>
    public Timeline To(Instant target)
    {
        if (target < Now) throw new ArgumentException($"It is {When.Text(Now)} already.");
        var from = events.Count;
        for (var wakes = 0; DueAt is { } due && due <= target; wakes++)
        {
            Laws.Require(wakes < WakesMax, "time passes: no busy loop");
            Now = Instant.Max(Now, due);
            WakeOnce();
            Settle();
        }

        Now = target;
        toldFrom = from;
        if (Thorough) Laws.HoldWhole();
        return this;
    }

    /// <summary>Moves the clock and does nothing, as if no process was running.</summary>
    public Timeline SleepTo(Instant target)
    {
        Now = target;
        return this;
    }

    public Timeline SleepTo(string utc) => SleepTo(When.Utc(utc));

    public Timeline SleepSeconds(int seconds)
    {
        Now += Duration.FromSeconds(seconds);
        return this;
    }

    /// <summary>Wakes once. <see cref="Told"/> has the resulting events.</summary>
    public Timeline WakeOnce()
    {
        toldFrom = events.Count;
        var wasDue = DueAt <= Now;
        var decision = Decide(Ask.Wake(), Caller.System);
        Laws.Require(decision.Steps.Count > 0 == wasDue, "a wake does something if, and only if, something is due");
        return this;
    }

    public Instant? DueAt => StateOrNull is null ? null : DueWork.Next(StateOrNull)?.At;

    /// <summary>Passes on the bank's answers and does due work until neither is left at this instant.</summary>
    public Timeline Settle()
    {
        var from = toldFrom;
        for (var answered = from; ;)
        {
            while (answered < events.Count) AnswerTo(events[answered++]);
            if (!(DueAt <= Now)) break;
            Laws.Require(answered - from < WakesMax, "an instant comes to its end: no busy loop");
            WakeOnce();
        }

        toldFrom = from;
        return this;
    }

    private void AnswerTo(SubscriptionEvent e)
    {
        var payment = e switch
        {
            SubscriptionEvent.ChargeRequested => State.Charge,
            SubscriptionEvent.RefundRequested x => State.FindRefund(x.Invoice, x.Refund),
            SubscriptionEvent.PaymentAsked x => x.Kind == PaymentKind.Charge ? State.Charge : State.FindRefund(x.Invoice, x.Attempt),
            _ => null,
        };
        if (payment is null || Bank.Answer(payment) is not { } outcome) return;
        Decide(new SubscriptionCommand.RecordPayment(payment.Kind, payment.Invoice, payment.Attempt, outcome), Caller.System);
    }
}
