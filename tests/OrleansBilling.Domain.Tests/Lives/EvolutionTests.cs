namespace OrleansBilling.Domain.Tests.Lives;

public sealed class EvolutionTests
{
    [Fact]
    public void A_subscription_is_created_first_and_once()
    {
        var events = Given.Monthly().At("2024-01-31T10:00").Subscribe().Events;

        Assert.Throws<InvalidOperationException>(() => SubscriptionEvolution.Fold([events[0], events[0]]));
        Assert.Throws<InvalidOperationException>(() => SubscriptionEvolution.Fold([events[1]]));
        Assert.Null(SubscriptionEvolution.Fold([]));
    }

    [Fact]
    public void Every_event_raises_the_version_by_one()
    {
        var events = Given.Monthly().At("2024-01-31T10:00").Subscribe().To("2025-01-31T10:00").Events;

        for (var n = 1; n <= events.Count; n++) Assert.Equal(n, SubscriptionEvolution.Fold(events.Take(n))!.Version);
    }

    [Fact]
    public void A_decision_does_not_touch_the_state_that_it_was_made_on()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        var before = life.State;
        var copy = before with { };

        life.To("2024-02-29T10:00");

        Assert.Equal(copy, before);
        Assert.NotSame(before, life.State);
    }

    [Fact]
    public void The_same_command_on_the_same_state_is_decided_alike()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe().To("2024-02-10T00:00");
        var context = new DecisionContext(life.Now, life.Terms, By.Customer);

        var one = SubscriptionDecider.Decide(life.State, Ask.CancelAtPeriodEnd(), context);
        var other = SubscriptionDecider.Decide(life.State, Ask.CancelAtPeriodEnd(), context);

        Assert.Equal(one.Steps, other.Steps);
        Assert.Equal(one.State, other.State);
    }

    [Fact]
    public void Declines_older_than_30_days_are_forgotten()
    {
        var life = Given.Monthly().Retries(2, 60, 29).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Soft);

        life.To("2024-03-29T10:00");
        Assert.Equal(["02-29", "03-29"], life.State.Declines.Select(declined => When.Day(declined.At)[5..]));

        life.To("2024-03-31T10:00");
        Assert.Equal(["03-29"], life.State.Declines.Select(declined => When.Day(declined.At)[5..]));
    }
}
