namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>Changes at period end: nothing is prorated, and the next period has the new price.</summary>
public sealed class ChangeAtPeriodEndTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Dearer => Monthly.OfOffer(o => o with { Id = "dearer", Amount = 5000 }).Terms();

    private static OfferTerms Yearly => Monthly.Other("yearly", 30_000, 1, IntervalUnit.Year).Terms();

    private static Timeline From(string start) => Monthly.At(start).Subscribe();

    [Fact]
    public void Until_then_everything_stays_as_it_is()
    {
        var life = From("2024-01-31T10:00").To("2024-02-10T00:00").Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd), By.Customer);

        Assert.Equal(["PlanChangeScheduled"], life.Happened);
        Assert.Equal(("offer", "dearer"), (life.State.OfferId, life.State.ScheduledChange!.OfferId));
        Assert.Single(life.Invoices);
    }

    [Fact]
    public void To_the_same_interval_the_anchor_is_kept()
    {
        var life = From("2024-01-31T10:00").Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd)).To("2024-02-29T10:00");

        Assert.Equal(["PlanChanged", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal("Recurrence 5000 = 5000", life.Bill(2));
        Assert.Equal("01-31/02-29 02-29/03-31 03-31/04-30", life.To("2024-03-31T10:00").Periods());
    }

    [Fact]
    public void To_another_interval_counting_starts_over_from_the_boundary()
    {
        var life = From("2024-01-31T10:00").Tell(Ask.ChangePlan(Yearly, EffectiveAt.PeriodEnd)).To("2026-01-01T00:00");

        Assert.Equal("01-31/02-29 02-29/02-28 02-28/02-28", life.Periods());
        Assert.Equal("Recurrence 30000 = 30000", life.Bill(2));
    }

    [Fact]
    public void The_last_thing_asked_for_is_what_happens()
    {
        var life = From("2024-06-01T00:00").Tell(Ask.ChangePlan(Yearly, EffectiveAt.PeriodEnd))
            .Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd));

        Assert.Equal("Recurrence 5000 = 5000", life.To("2024-07-01T00:00").Bill(2));
    }

    [Fact]
    public void A_change_now_drops_what_was_scheduled()
    {
        var life = From("2024-06-01T00:00").Tell(Ask.ChangePlan(Yearly, EffectiveAt.PeriodEnd)).To("2024-06-11T00:00")
            .Tell(Ask.ChangePlan(Dearer));

        Assert.Null(life.State.ScheduledChange);
        Assert.Equal("Recurrence 5000 = 5000", life.To("2024-07-01T00:00").Bill(3));
    }

    [Fact]
    public void Undone_it_does_not_happen()
    {
        var life = From("2024-06-01T00:00").Tell(Ask.ChangePlan(Yearly, EffectiveAt.PeriodEnd)).Tell(Ask.UndoPlanChange(), By.Customer);

        Assert.Equal("no_plan_change_scheduled", life.Refuses(Ask.UndoPlanChange()).Code);
        Assert.Equal("Recurrence 3000 = 3000", life.To("2024-07-01T00:00").Bill(2));
    }

    [Fact]
    public void The_price_is_that_of_the_day_on_which_it_was_asked_for()
    {
        var life = From("2024-06-01T00:00")
            .Tell(Ask.ChangePlan(Monthly.OfOffer(o => o with { Version = 2, Amount = 4000 }).Terms(), EffectiveAt.PeriodEnd));

        Assert.Equal(("offer", 2), (life.State.ScheduledChange!.OfferId, life.State.ScheduledChange.OfferVersion));
        Assert.Equal("Recurrence 4000 = 4000", life.To("2024-07-01T00:00").Bill(2));
        Assert.Equal(2, life.State.OfferVersion);
    }

    [Fact]
    public void While_past_due_it_happens_too_and_the_overdue_invoice_stays()
    {
        var life = Monthly.Retries(1, 60, 59).At("2024-05-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);
        life.To("2024-06-05T00:00").Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd));

        life.To("2024-07-01T00:00");

        Assert.Equal((SubscriptionStatus.PastDue, "Recurrence 5000 = 5000"), (life.Status, life.Bill(3)));
        Assert.Equal([(2, 3000L)], life.State.OpenInvoices.Select(invoice => (invoice.Number, invoice.Total)));
    }

    /// <summary>Regression: if it was paid after the pause, the new period was billed at the old price.</summary>
    [Fact]
    public void In_a_pause_by_dunning_it_waits_for_the_payment_and_happens_with_the_period_after_it()
    {
        var given = Monthly.Retries(0).OnExhausted(ExhaustedAction.Pause);
        var life = given.At("2024-05-01T00:00").Subscribe();
        life.Bank.Says(Bank.Unclear, Bank.Soft);
        life.To("2024-06-01T00:00").Tell(Ask.ChangePlan(given.Other("weekly", 700, 1, IntervalUnit.Week).Terms(), EffectiveAt.PeriodEnd))
            .To("2024-07-10T00:00");
        Assert.Equal((SubscriptionStatus.Paused, "offer"), (life.Status, life.State.OfferId));

        life.Tell(Ask.Retry());
        Assert.Equal(
            ("weekly", "Recurrence 700 = 700", When.Utc("2024-07-17T00:00")),
            (life.State.OfferId, life.LastBill(), life.State.CurrentPeriod!.End));
    }

    [Fact]
    public void After_such_a_pause_another_interval_goes_on_also_behind_a_terms_last_period()
    {
        var given = Monthly.Recurrences(2).Retries(0).OnExhausted(ExhaustedAction.Pause);
        var life = given.At("2024-05-01T00:00").Subscribe();
        life.Bank.Says(Bank.Unclear, Bank.Soft);
        life.To("2024-06-01T00:00").Tell(Ask.ChangePlan(given.Other("weekly", 700, 1, IntervalUnit.Week).Terms(), EffectiveAt.PeriodEnd))
            .To("2024-07-10T00:00");

        life.Tell(Ask.Retry());

        Assert.Equal((SubscriptionStatus.Active, "Recurrence 700 = 700"), (life.Status, life.LastBill()));
        Assert.Equal((SubscriptionStatus.Completed, 4), (life.To("2024-08-01T00:00").Status, life.Invoices.Count));
    }

    [Fact]
    public void In_the_last_period_of_a_term_another_interval_goes_on_and_the_same_one_ends()
    {
        var fixedTerm = Given.Monthly(3000).Recurrences(1);
        var on = fixedTerm.At("2024-06-01T00:00").Subscribe()
            .Tell(Ask.ChangePlan(fixedTerm.Other("weekly", 700, 1, IntervalUnit.Week).Terms(), EffectiveAt.PeriodEnd));
        Assert.Equal("06-01/07-01 07-01/07-08", on.To("2024-07-02T00:00").Periods());

        var over = fixedTerm.At("2024-06-01T00:00").Subscribe()
            .Tell(Ask.ChangePlan(fixedTerm.OfOffer(o => o with { Id = "dearer", Amount = 9 }).Terms(), EffectiveAt.PeriodEnd));
        Assert.Equal(SubscriptionStatus.Completed, over.To("2024-07-02T00:00").Status);
        Assert.Equal(1, over.State.InvoiceCount);
    }

    [Fact]
    public void Caught_up_late_the_first_missed_period_has_the_new_price_and_its_own_dates()
    {
        var life = From("2024-01-31T10:00").Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd)).SleepTo("2024-04-15T00:00").Settle();

        Assert.Equal("01-31/02-29 02-29/03-31 03-31/04-30", life.Periods());
        Assert.Equal([3000L, 5000L, 5000L], life.Invoices.Select(invoice => invoice.Total));
    }

    [Fact]
    public void A_cancellation_that_is_scheduled_leaves_nothing_to_change()
    {
        var life = From("2024-06-01T00:00").Tell(Ask.CancelAtPeriodEnd());

        Assert.Equal("cancellation_scheduled", life.Refuses(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd)).Code);
        Assert.Equal("cancellation_scheduled", life.Refuses(Ask.ChangePlan(Dearer)).Code);
    }

    [Fact]
    public void Canceled_meanwhile_the_change_is_forgotten_also_by_a_later_reactivation()
    {
        var life = From("2024-06-01T00:00").Tell(Ask.ChangePlan(Dearer, EffectiveAt.PeriodEnd)).Tell(Ask.Cancel()).To("2024-08-01T00:00")
            .Tell(Ask.Reactivate());

        Assert.Equal("Recurrence 3000 = 3000", life.LastBill());
        Assert.Equal("Recurrence 3000 = 3000", life.To("2024-09-01T00:00").LastBill());
    }
}
