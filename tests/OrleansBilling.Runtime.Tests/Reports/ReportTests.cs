using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Tests.Reports;

/// <summary>What each report makes of its counters, of 2024-01-15 to 2024-02-10.</summary>
public sealed class ReportTests
{
    private static readonly StatisticPeriod Period = new(new LocalDate(2024, 1, 15), new LocalDate(2024, 2, 10));
    private static readonly StatisticsFilter All = new();
    private static readonly LocalDate Before = new(2024, 1, 10);
    private static readonly LocalDate January = new(2024, 1, 20);
    private static readonly LocalDate February = new(2024, 2, 5);

    [Fact]
    public async Task The_summary_has_gauges_from_the_beginning_and_flows_of_the_period()
    {
        var counters = new Counters()
            .With(Before, StatisticMetric.Active, 5).With(January, StatisticMetric.Active, -2)
            .With(Before, StatisticMetric.MonthlyRecurringRevenue, 1_000).With(January, StatisticMetric.MonthlyDiscounts, 200)
            .With(Before, StatisticMetric.Collected, 7).With(January, StatisticMetric.Collected, 500)
            .With(January, StatisticMetric.Collected, 3, currency: "USD").With(February, StatisticMetric.Collected, -3, currency: "USD")
            .With(January, StatisticMetric.RenewalsPaid, 1).With(January, StatisticMetric.RenewalsGiven, 1)
            .With(January, StatisticMetric.RenewalsDue, 2).With(January, StatisticMetric.PeriodsLeft, 1);
        var figures = await SummaryFigures.ReadAsync(counters, All, Period, CancellationToken.None);

        Assert.Equal((3, 0), (figures.In(SubscriptionStatus.Active), figures.In(SubscriptionStatus.Paused)));
        Assert.Equal([new CurrencyAmount("BRL", 1_000)], figures.RecurringRevenue);
        Assert.Equal([new CurrencyAmount("BRL", 1_200)], figures.ListRevenue);
        Assert.Equal([new CurrencyAmount("BRL", 500)], figures.Collected);
        Assert.Equal(new Ratio(2, 4), figures.Renewal);
        Assert.Equal(new Ratio(1, 2), figures.RenewalPayment);
        Assert.Null(figures.TrialConversion.Value);
    }

    [Fact]
    public async Task Recurring_revenue_goes_from_start_to_end_month_by_month()
    {
        var counters = new Counters()
            .With(Before, StatisticMetric.MonthlyRecurringRevenue, 100).With(Before, StatisticMetric.RevenueNew, 100)
            .With(January, StatisticMetric.MonthlyRecurringRevenue, 50).With(January, StatisticMetric.RevenueExpansion, 50)
            .With(February, StatisticMetric.MonthlyRecurringRevenue, -30).With(February, StatisticMetric.RevenueChurn, -30);
        var months = await RevenueReport.ReadAsync(counters, All, Period, CancellationToken.None);
        Assert.Equal(
            [("2024-01", 100, 0, 50, 0, 150), ("2024-02", 150, 0, 0, -30, 120)],
            months.Select(month => (month.Month.Month, month.Start, month.New, month.Expansion, month.Churn, month.End)));
    }

    [Fact]
    public async Task Cohorts_begin_with_a_whole_month_and_end_with_the_present_one()
    {
        var start = StatisticDelta.MonthOf(January);
        var counters = new Counters()
            .With(Before, StatisticMetric.CohortJoined, 4, start).With(Before, StatisticMetric.CohortSize, 4, start)
            .With(February, StatisticMetric.CohortSize, -1, start).With(February, StatisticMetric.CohortCompleted, 1, start)
            .With(Before, StatisticMetric.CohortSize, 9, start - 1);
        var period = Period with { To = new LocalDate(2024, 3, 31) };
        var cohorts = await CohortReport.ReadAsync(counters, All, period, new LocalDate(2024, 2, 20), CancellationToken.None);

        Assert.Equal(["2024-01", "2024-02", "2024-03"], cohorts.Select(cohort => cohort.Month.Month));
        Assert.Equal(4, cohorts[0].Joined);
        Assert.Equal(
            [("2024-01", 0, new Ratio(4, 4), 0), ("2024-02", 1, new Ratio(3, 4), 1)],
            cohorts[0].Retained.Select(month => (month.Month.Month, month.Age, month.Left, month.Completed)));
        Assert.Null(Assert.Single(cohorts[1].Retained).Left.Value);
        Assert.Empty(cohorts[2].Retained);
    }

    [Fact]
    public async Task A_number_without_a_name_is_another_reason_and_currencies_are_one_count()
    {
        var counters = new Counters
        {
            Names = { [1] = "too_expensive", [2] = "none" },
        };
        counters.With(Before, StatisticMetric.CancellationsByReason, 9, 1)
            .With(January, StatisticMetric.CancellationsByReason, 1, 1)
            .With(January, StatisticMetric.CancellationsByReason, 2, 2)
            .With(January, StatisticMetric.CancellationsByReason, 1, 2, "USD")
            .With(January, StatisticMetric.CancellationsByReason, 5, 3)
            .With(February, StatisticMetric.DeclinesByCode, 1, 2).With(February, StatisticMetric.DeclinesByCode, 1, 1);
        var months = (await ReasonReport.ReadAsync(counters, All, Period, CancellationToken.None))!;

        Assert.Equal(["2024-01", "2024-02"], months.Select(month => month.Month.Month));
        Assert.Equal([new("other", 5), new("none", 3), new("too_expensive", 1)], months[0].Canceled.AsEnumerable());
        Assert.Empty(months[1].Canceled);
        Assert.Equal([new("none", 1), new("too_expensive", 1)], months[1].Declines.AsEnumerable());
    }

    [Fact]
    public async Task Parties_stand_by_name_and_currency_and_those_with_nothing_are_left_out()
    {
        var counters = new Counters { Names = { [1] = "zoe", [2] = "ann", [3] = "idle" } };
        counters.With(January, StatisticMetric.PartyEarned, 10, 1).With(January, StatisticMetric.PartyEarned, 20, 2, "USD")
            .With(February, StatisticMetric.PartyEarned, 1, 2, "USD").With(January, StatisticMetric.PartyActivations, 1, 2)
            .With(Before, StatisticMetric.PartyEarned, 99, 3).With(January, StatisticMetric.PartyRefunded, 0, 3);
        var parties = await AffiliateReport.ReadAsync(counters, All, Period, CancellationToken.None);
        Assert.Equal(
            [new("ann", "BRL", 1, 0, 0, 0, 0, 0), new("ann", "USD", 0, 0, 0, 21, 0, 0), new("zoe", "BRL", 0, 0, 0, 10, 0, 0)], parties);
    }

    [Fact]
    public async Task More_counters_than_may_be_are_no_report()
    {
        var counters = new Counters();
        for (var n = 0; n <= NamedCounters.RowsMax; n++) counters.With(January, StatisticMetric.PartyEarned, 1, n);
        Assert.Null(await AffiliateReport.ReadAsync(counters, All, Period, CancellationToken.None));
    }

    [Fact]
    public async Task A_variant_saved_whom_it_did_not_lose_and_never_fewer_than_nobody()
    {
        var policy = new RetentionPolicy(
            0, 10, 10, [new RetentionOffer("rest", [], 0, null, null, 30, null), new RetentionOffer("later", [], 0, null, null, 60, null)]);
        var counters = new Counters()
            .With(January, StatisticMetric.RetentionAssigned, 4, 0).With(January, StatisticMetric.RetentionLost, 3, 0)
            .With(January, StatisticMetric.RetentionAssigned, 1, 1).With(January, StatisticMetric.RetentionLost, 2, 1)
            .With(Before, StatisticMetric.RetentionAssigned, 8, 1);
        var variants = await RetentionReport.ReadAsync(counters, All, Period, policy, CancellationToken.None);

        Assert.Equal([(0, null), (1, "rest"), (2, "later")], variants.Select(variant => (variant.Variant, variant.OfferId)));
        Assert.Equal([0.25, 0, null], variants.Select(variant => variant.Saved.Value));
        Assert.Empty(await RetentionReport.ReadAsync(counters, All, Period, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_forecast_is_read_in_one_call()
    {
        var today = new LocalDate(2024, 3, 22);
        var march = StatisticDelta.MonthOf(today);
        var counters = new Counters()
            .With(January, StatisticMetric.StandingBook, 900, march, group: "monthly")
            .With(January, StatisticMetric.StandingBook, 5_000, march - 2, group: "monthly")
            .With(January, StatisticMetric.Subscribers, 2).With(January, StatisticMetric.New, 2);
        var forecast = await RevenueForecast.ReadAsync(
            counters, new CatalogCache(new OnePlan(), TimeProvider.System), All, today, 2, CancellationToken.None);

        Assert.Equal((today, 0), (forecast.AsOf, forecast.Churn.Rate));
        Assert.Equal([(900, 900), (900, 900)], forecast.Months.Select(month => (month.Contracted, month.Expected)));
    }

    private sealed class OnePlan : ICatalogStore
    {
        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) => new(false);

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) => new(default(Product));

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) =>
            new(new Plan(planId, "product", planId, new BillingInterval(IntervalUnit.Month, 1), 0, null, null));

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) => new(default(Offer));
    }
}
