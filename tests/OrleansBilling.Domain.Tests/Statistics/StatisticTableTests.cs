using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>What each step of a life adds to which counter. Movements, cohorts and the like have their own tables.</summary>
public sealed class StatisticTableTests
{
    private static string Step(Timeline life, Action<Timeline> step) => Counted.By(life, step, metric => metric < RevenueNew);

    private static Timeline Active(Given? given = null) => (given ?? Given.Monthly(3000)).At("2024-06-01T00:00").Subscribe();

    [Fact]
    public void A_signup_that_waits_for_its_payment_is_pending_and_not_yet_new()
    {
        var life = Given.Monthly(3000).At("2024-06-01T00:00");
        life.Bank.Says(Bank.Silence);

        Assert.Equal("Pending+1", Step(life, l => l.Subscribe()));
        Assert.Equal(
            "Pending-1 Active+1 Subscribers+1 New+1 Collected+3000 PaidRecurrences+1 MonthlyRecurringRevenue+3000",
            Step(life, l => l.Tell(Ask.Outcome(Bank.Paid), Caller.System)));
    }

    [Fact]
    public void A_renewal_is_due_and_paid() =>
        Assert.Equal("Collected+3000 PaidRecurrences+1 RenewalsDue+1 RenewalsPaid+1", Step(Active(), l => l.To("2024-07-01T00:00")));

    [Fact]
    public void A_message_counts_nothing() => Assert.Equal("", Step(Active(), l => l.Tell(Ask.Message())));

    [Fact]
    public void Changed_metadata_counts_nothing() => Assert.Equal("", Step(Active(), l => l.Tell(Ask.Metadata(("tier", "gold")))));

    [Fact]
    public void A_declined_renewal_is_overdue_and_then_recovered()
    {
        var life = Active();
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Paid);

        Assert.Equal("Active-1 PastDue+1 Overdue+1 RenewalsDue+1", Step(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal("", Step(life, l => l.To("2024-07-02T00:00")));
        Assert.Equal(
            "Active+1 PastDue-1 Collected+3000 PaidRecurrences+1 Recovered+1 RenewalsPaid+1", Step(life, l => l.To("2024-07-05T00:00")));
    }

    [Fact]
    public void A_trial_is_not_revenue_until_it_ends_and_converts_when_it_is_paid()
    {
        var life = Given.Monthly(3000).Trial(14).At("2024-06-01T00:00");

        Assert.Equal("Trialing+1", Step(life, l => l.Subscribe()));
        life.Bank.Says(Bank.Silence);
        Assert.Equal("Trialing-1 Active+1 TrialsEnded+1", Step(life, l => l.To("2024-06-15T00:00")));
        Assert.Equal(
            "Subscribers+1 New+1 Collected+3000 PaidRecurrences+1 MonthlyRecurringRevenue+3000 TrialsConverted+1",
            Step(life, l => l.Tell(Ask.Outcome(Bank.Paid), Caller.System)));
        Assert.Equal("Collected+3000 PaidRecurrences+1 RenewalsDue+1 RenewalsPaid+1", Step(life, l => l.To("2024-07-15T00:00")));
    }

    [Fact]
    public void A_trial_that_is_left_is_lost_and_no_cancellation() =>
        Assert.Equal(
            "Trialing-1 Canceled+1 TrialsLost+1 TrialsEnded+1",
            Step(Given.Monthly(3000).Trial(14).At("2024-06-01T00:00").Subscribe().To("2024-06-02T00:00"),
                l => l.Tell(Ask.Cancel(), By.Customer)));

    [Fact]
    public void A_trial_that_pauses_for_want_of_a_method_is_new_when_the_method_comes()
    {
        var life = Given.Monthly(3000).Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.Pause).At("2024-06-01T00:00")
            .SubscribeWithoutMethod();

        Assert.Equal("Trialing-1 Paused+1 TrialsEnded+1", Step(life, l => l.To("2024-06-15T00:00")));
        Assert.Equal(
            "Active+1 Paused-1 Subscribers+1 New+1 Collected+3000 PaidRecurrences+1 MonthlyRecurringRevenue+3000 TrialsConverted+1",
            Step(life, l => l.Tell(Ask.ChangeMethod("tok_b"))));
    }

    [Fact]
    public void A_trial_without_a_method_may_be_overdue_at_once_and_is_new_when_it_pays()
    {
        var life = Given.Monthly(3000).Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.PastDue).At("2024-06-01T00:00")
            .SubscribeWithoutMethod();

        Assert.Equal(
            "Trialing-1 PastDue+1 TrialsEnded+1 Overdue+1", Step(life, l => l.To("2024-06-15T00:00")));
        Assert.Equal(
            "Active+1 PastDue-1 Subscribers+1 New+1 Collected+3000 PaidRecurrences+1 MonthlyRecurringRevenue+3000 TrialsConverted+1 " +
            "Recovered+1",
            Step(life, l => l.Tell(Ask.ChangeMethod("tok_b"))));
    }

    [Theory]
    [InlineData(Role.Customer, CancellationOrigin.Customer)]
    [InlineData(Role.Seller, CancellationOrigin.Seller)]
    [InlineData(Role.Administrator, CancellationOrigin.Administrator)]
    [InlineData(Role.System, CancellationOrigin.System)]
    public void A_cancellation_counts_by_origin_with_lifetime_money_and_recurrences(Role role, CancellationOrigin origin)
    {
        var life = Active().To("2024-07-11T00:00");

        Assert.Equal(
            $"Active-1 Canceled+1 Subscribers-1 Cancellations({origin})+1 CanceledLifetimeSeconds({origin})+{40 * 86_400} " +
            $"CanceledCollected({origin})+6000 CanceledPaidRecurrences({origin})+2 MonthlyRecurringRevenue-3000 PeriodsLeft+1",
            Step(life, l => l.Tell(Ask.Cancel(), new Caller(role, role == Role.Customer ? "customer" : "seller"))));
    }

    [Fact]
    public void A_scheduled_cancellation_counts_when_it_takes_effect()
    {
        var life = Active();

        Assert.Equal("", Step(life, l => l.Tell(Ask.CancelAtPeriodEnd(), By.Customer)));
        Assert.Equal("", Step(life, l => l.To("2024-06-30T23:59")));
        Assert.StartsWith(
            "Active-1 Canceled+1 Subscribers-1 Cancellations(Customer)+1", Step(life, l => l.To("2024-07-01T00:00")),
            StringComparison.Ordinal);
        Assert.Equal(When.Utc("2024-07-01T00:00"), life.Events[^1].At);
    }

    [Fact]
    public void A_refund_lowers_what_was_collected_from_the_canceled()
    {
        Assert.Equal(
            "Active-1 Canceled+1 Subscribers-1 Cancellations(Seller)+1 CanceledLifetimeSeconds(Seller)+864000 " +
            "CanceledCollected(Seller)+1000 " +
            "CanceledPaidRecurrences(Seller)+1 Refunded+2000 MonthlyRecurringRevenue-3000 PeriodsLeft+1",
            Step(Active().To("2024-06-11T00:00"), l => l.Tell(Ask.Cancel(CancellationRefund.Prorated), By.Seller)));
    }

    [Fact]
    public void A_charge_that_was_in_flight_at_the_cancellation_is_added_when_it_succeeds()
    {
        var life = Active();
        life.Bank.Says(Bank.Silence);
        life.To("2024-07-01T00:00").Tell(Ask.Cancel(), By.Customer);

        Assert.Equal(
            "CanceledCollected(Customer)+3000 CanceledPaidRecurrences(Customer)+1 Collected+3000 PaidRecurrences+1 RenewalsPaid+1 " +
            "PeriodsLeft+1",
            Step(life, l => l.Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System)));
    }

    [Fact]
    public void Exhausted_dunning_is_a_cancellation_by_the_system()
    {
        var life = Active(Given.Monthly(3000).Retries(0));
        life.Bank.Says(Bank.Soft);

        Assert.Equal(
            "Active-1 Canceled+1 Subscribers-1 Cancellations(System)+1 CanceledLifetimeSeconds(System)+2592000 " +
            "CanceledCollected(System)+3000 " +
            "CanceledPaidRecurrences(System)+1 MonthlyRecurringRevenue-3000 Overdue+1 RenewalsDue+1",
            Step(life, l => l.To("2024-07-01T00:00")));
    }

    [Fact]
    public void A_pause_by_dunning_takes_it_out_of_revenue_and_going_on_is_not_new()
    {
        var life = Active(Given.Monthly(3000).Retries(0).OnExhausted(ExhaustedAction.Pause));
        life.Bank.Says(Bank.Soft);

        Assert.Equal("Active-1 Paused+1 MonthlyRecurringRevenue-3000 Overdue+1 RenewalsDue+1", Step(life, l => l.To("2024-07-01T00:00")));
        Assert.Equal(
            "Active+1 Paused-1 Collected+3000 PaidRecurrences+1 MonthlyRecurringRevenue+3000 Recovered+1 RenewalsPaid+1",
            Step(life, l => l.Tell(Ask.Retry())));
    }

    [Fact]
    public void Expiry_and_completion_are_not_cancellations()
    {
        var expired = Given.Monthly(3000).Retries(0).At("2024-06-01T00:00");
        expired.Bank.Says(Bank.Soft);
        Assert.Equal("Expired+1 NeverPaid+1 Overdue+1", Step(expired, l => l.Subscribe()));

        var completed = Active(Given.Monthly(3000).Recurrences(1));
        Assert.Equal(
            "Active-1 Completed+1 Subscribers-1 TermsCompleted+1 MonthlyRecurringRevenue-3000",
            Step(completed, l => l.To("2024-07-01T00:00")));
    }

    [Fact]
    public void A_reactivated_subscription_is_not_new_again()
    {
        var life = Active().Tell(Ask.Cancel()).Days(40);
        Assert.Equal(
            "Active+1 Canceled-1 Subscribers+1 Reactivated+1 Collected+3000 PaidRecurrences+1 MonthlyRecurringRevenue+3000",
            Step(life, l => l.Tell(Ask.Reactivate())));

        life.Tell(Ask.Cancel()).Days(40);
        Assert.Equal(
            "Active+1 Canceled-1 Subscribers+1 Reactivated+1 MonthlyRecurringRevenue+3000",
            Step(life, l => l.Tell(Ask.Reactivate(charge: false))));
    }

    [Theory]
    [InlineData(1, IntervalUnit.Day, 91_313)]
    [InlineData(1, IntervalUnit.Week, 13_045)]
    [InlineData(1, IntervalUnit.Year, 250)]
    [InlineData(3, IntervalUnit.Month, 1000)]
    public void Revenue_is_normalised_to_a_month(int count, IntervalUnit unit, long monthly)
    {
        var life = Active(Given.Every(count, unit, 3000));
        Assert.Equal(monthly, life.Laws.Counters[MonthlyRecurringRevenue]);

        life.Tell(Ask.Cancel());
        Assert.Equal(0, life.Laws.Counters[MonthlyRecurringRevenue]);
    }

    [Fact]
    public void What_costs_nothing_is_a_subscriber_without_revenue_whose_renewals_are_given() =>
        Assert.Equal(
            "Active+1 Subscribers+1 New+1 RenewalsGiven+6",
            Step(Given.Monthly(0).At("2024-06-01T00:00"), l => l.SubscribeWithoutMethod().To("2024-12-01T00:00")));
}
