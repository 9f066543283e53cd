using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Simulation.Seeded;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>Default assumptions: subscribers leave as they did in the last 90 days, by the same figures as the forecast.</summary>
public sealed class BookStatisticsTests
{
    [Fact]
    public async Task Churn_is_who_left_of_all_who_were_subscribers_in_90_days()
    {
        await using var book = await Book.OfAsync(4);
        await book.AddAsync("trying", book.Host.Monthly, trialDays: 14);
        await book.DoAsync("s000", Leave());
        await book.MoveToAsync(Instant.FromUtc(2024, 2, 12, 0, 0));
        var statistics = await ReadAsync(book);

        Assert.Equal(4, statistics.Size);
        Assert.Equal(
            new RecentChurn(new StatisticPeriod(new LocalDate(2023, 11, 15), new LocalDate(2024, 2, 12)), 1, 0, 0, 4, 0), statistics.Churn);

        // 1 of 4 in 90 days is 1 − 0.75^(1/3) = 9.144 % in 30 days.
        Assert.Equal(0.25, statistics.Churn.Rate);
        Assert.Equal(9_144, Assumptions.MonthlyChurnOf(statistics.Churn));
    }

    [Fact]
    public async Task What_lies_further_back_counts_only_in_who_is_there()
    {
        await using var book = await Book.OfAsync(2);
        await book.DoAsync("s000", Leave());
        await book.MoveToAsync(Instant.FromUtc(2024, 9, 1, 0, 0));
        var statistics = await ReadAsync(book);

        Assert.Equal((1, 0, 1), (statistics.Size, statistics.Churn.Canceled, statistics.Churn.CurrentAtStart));
        Assert.Equal(0, Assumptions.MonthlyChurnOf(statistics.Churn));
    }

    [Fact]
    public async Task Who_is_canceled_by_the_system_is_left_to_the_payments_that_a_simulation_fails()
    {
        await using var book = new Book();
        await book.AddAsync("s", book.Host.Monthly, "tok_ok");
        await book.DoAsync("s", new SubscriptionCommand.ChangePaymentMethod("tok_insufficient_funds"));
        await book.MoveToAsync(Instant.FromUtc(2024, 4, 1, 0, 0));

        Assert.Equal(SubscriptionStatus.Canceled, (await book.Host.ReadAsync("s")).Status);
        var churn = (await ReadAsync(book)).Churn;
        Assert.Equal((1, 1, 0), (churn.Canceled, churn.Involuntary, Assumptions.MonthlyChurnOf(churn)));
    }

    /// <summary>The example of the issue: 40 trials, 30 leave during the trial, 10 convert, 1 of those leaves.</summary>
    [Fact]
    public async Task Trials_that_are_lost_do_not_end_a_book_at_nothing()
    {
        await using var book = new Book();
        for (var n = 0; n < 40; n++) await book.AddAsync($"s{n:00}", book.Host.Monthly, trialDays: 7);
        for (var n = 10; n < 40; n++) await book.DoAsync($"s{n:00}", Leave());
        await book.MoveToAsync(Instant.FromUtc(2024, 2, 10, 0, 0));
        await book.DoAsync("s00", Leave());
        var churn = (await ReadAsync(book)).Churn;

        Assert.Equal((1, 10, 0.1), (churn.Canceled, churn.New, churn.Rate));

        // 1 − 0.9^(1/3) = 3.451 %: of nine subscribers about six remain after a year, not none.
        Assert.Equal(3_451, Assumptions.MonthlyChurnOf(churn));
        var year = (
            await book.AskAsync(
                assumptions: Book.Certain with { MonthlyChurn = Assumptions.MonthlyChurnOf(churn) }, months: 12)).Currencies[0].Baseline;
        Assert.Equal(9, year.Start.Current);
        Assert.InRange(year.Total.Current, 3, 9);
        Assert.Equal(9 - year.Total.Current, year.Total.CanceledVoluntary);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 5, 0)]
    [InlineData(5, 5, 100_000)]
    public void A_rate_stays_between_nothing_and_everybody(long canceled, long current, int expected) =>
        Assert.Equal(expected, Assumptions.MonthlyChurnOf(new RecentChurn(default, canceled, 0, current, 0, 0)));

    private static SubscriptionCommand.Cancel Leave() => new(EffectiveAt.Now, null, null, CancellationRefund.None, null);

    private static ValueTask<BookStatistics> ReadAsync(Book book) =>
        BookStatistics.ReadAsync(
            new JournalStatistics(book.Host.Journal), new DirectoryFilter(), book.Host.Clock.GetCurrentInstant().InUtc().Date,
            CancellationToken.None);

    /// <summary>Sums what the commits of a simulated journal counted, like the real stores.</summary>
    private sealed class JournalStatistics(SimulatedJournal journal) : IStatisticsStore
    {
        public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
            StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken) => new(
            [.. journal.Deltas.Where(delta => delta.Day <= range.ToDay && filter.Metrics.Contains(delta.Metric))
                .GroupBy(delta => (Day: Math.Max(delta.Day, range.FromDay - 1), delta.Metric, delta.Slice))
                .Select(group =>
                    new StatisticRow(group.Key.Day, "BRL", "", group.Key.Metric, group.Key.Slice, group.Sum(delta => delta.Value)))]);

        public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
            IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
            new(new Dictionary<int, string>());
    }
}
