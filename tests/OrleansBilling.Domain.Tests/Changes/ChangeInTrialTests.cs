namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>Nothing was paid in a trial, so nothing is prorated. The trial continues or ends, as requested.</summary>
public sealed class ChangeInTrialTests
{
    private static readonly Given Trial = Given.Monthly(3000).Trial(14);

    private static OfferTerms Dearer => Trial.OfOffer(o => o with { Id = "dearer", Amount = 5000 }).Terms();

    private static OfferTerms Yearly => Trial.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms();

    private static Timeline OnDay(int day) => Trial.At("2024-01-17T10:00").Subscribe().Days(day);

    [Fact]
    public void The_trial_goes_on_and_ends_at_the_new_price()
    {
        var life = OnDay(5).Tell(Ask.ChangePlan(Dearer), By.Customer);

        Assert.Equal(["PlanChanged"], life.Happened);
        Assert.Equal((SubscriptionStatus.Trialing, When.Utc("2024-01-31T10:00")), (life.Status, life.State.TrialEnd!.Value));
        Assert.Empty(life.Invoices);

        life.To("2024-03-31T10:00");
        Assert.Equal("01-31/02-29 02-29/03-31 03-31/04-30", life.Periods());
        Assert.Equal("Recurrence 5000 = 5000", life.Bill(1));
    }

    [Fact]
    public void The_trial_ends_with_the_change_and_the_first_period_starts_at_once()
    {
        var life = OnDay(5).Tell(Ask.ChangePlan(Yearly, endTrial: true));

        Assert.Equal(["PlanChanged", "TrialEndMoved", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(("01-22/01-22", "Recurrence 30000 = 30000"), (life.Periods(), life.Bill(1)));
        Assert.Equal(When.Utc("2025-01-22T10:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void Asked_for_the_end_of_the_trial_it_happens_then()
    {
        var life = OnDay(5).Tell(Ask.ChangePlan(Yearly, EffectiveAt.PeriodEnd));
        Assert.Equal(["PlanChangeScheduled"], life.Happened);

        life.To("2024-01-31T10:00");
        Assert.Equal(["TrialEndAnnounced", "PlanChanged", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal("Recurrence 30000 = 30000", life.Bill(1));
    }

    [Fact]
    public void Undone_the_trial_ends_at_the_old_price()
    {
        var life = OnDay(5).Tell(Ask.ChangePlan(Yearly, EffectiveAt.PeriodEnd)).Tell(Ask.UndoPlanChange()).To("2024-01-31T10:00");

        Assert.Equal("Recurrence 3000 = 3000", life.Bill(1));
    }

    [Fact]
    public void Several_changes_leave_the_last()
    {
        var life = OnDay(2).Tell(Ask.ChangePlan(Dearer)).Tell(Ask.ChangePlan(Yearly)).Tell(Ask.ChangePlan(Dearer, quantity: 3));

        Assert.Equal("Recurrence 15000 = 15000", life.To("2024-01-31T10:00").Bill(1));
    }

    [Fact]
    public void Without_a_payment_method_a_trial_may_change_and_the_product_says_what_its_end_brings()
    {
        var life = Trial.TrialWithoutMethod(TrialWithoutPaymentMethod.PastDue).At("2024-01-17T10:00").SubscribeWithoutMethod();
        life.Tell(
            Ask.ChangePlan(
                Trial.TrialWithoutMethod(TrialWithoutPaymentMethod.PastDue).OfOffer(o => o with { Id = "dearer", Amount = 5000 }).Terms()));

        life.To("2024-01-31T10:00");

        Assert.Equal((SubscriptionStatus.PastDue, "Recurrence 5000 = 5000"), (life.Status, life.Bill(1)));
    }

    [Fact]
    public void To_what_costs_nothing_a_trial_without_a_payment_method_goes_on_as_active()
    {
        var life = Trial.At("2024-01-17T10:00").SubscribeWithoutMethod()
            .Tell(Ask.ChangePlan(Trial.OfOffer(o => o with { Id = "free", Amount = 0 }).Terms()));

        Assert.Equal(SubscriptionStatus.Active, life.To("2024-01-31T10:00").Status);
    }

    [Fact]
    public void At_the_instant_at_which_the_trial_ends_it_has_ended()
    {
        var life = OnDay(13).SleepTo("2024-01-31T10:00").Tell(Ask.ChangePlan(Dearer));

        Assert.Equal(
            ["Recurrence 3000 = 3000", "ProrationCredit 0, ProrationCharge 5000 = 5000", "ProrationCredit -3000 = -3000"],
            life.Invoices.Select(Bills.Text));
    }
}
