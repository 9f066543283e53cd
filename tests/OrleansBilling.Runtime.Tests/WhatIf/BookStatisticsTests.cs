using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Tests.Simulation;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>What is assumed when nobody states it: customers leave as they left in the last 90 days.</summary>
public sealed class BookStatisticsTests
{
    [Fact]
    public async Task Churn_is_who_left_of_those_who_were_there_day_by_day()
    {
        await using var book = await Book.OfAsync(4);
        await book.AddAsync("trying", book.Host.Monthly, trialDays: 14);
        await book.DoAsync("s000", Leave());
        await book.MoveToAsync(Instant.FromUtc(2024, 2, 12, 0, 0));
        var statistics = await ReadAsync(book);

        // Four were current on the ten days from 01-31 to 02-09, three on 02-10, 02-11 and today.
        Assert.Equal(4, statistics.Size);
        Assert.Equal(new ChurnHistory(new LocalDate(2023, 11, 15), new LocalDate(2024, 2, 12), 1, (4 * 10) + (3 * 3)), statistics.Churn);

        // 1 ÷ 49 × 30.4375 = 62.117 %.
        Assert.Equal(62_117, statistics.Churn.MonthlyMilliPercent);
    }

    [Fact]
    public async Task What_lies_further_back_counts_only_in_who_is_there()
    {
        await using var book = await Book.OfAsync(2);
        await book.DoAsync("s000", Leave());
        await book.MoveToAsync(Instant.FromUtc(2024, 9, 1, 0, 0));
        var statistics = await ReadAsync(book);

        Assert.Equal((1, 0, 90), (statistics.Size, statistics.Churn.CancelledVoluntary, statistics.Churn.SubscriptionDays));
        Assert.Equal(0, statistics.Churn.MonthlyMilliPercent);
    }

    [Fact]
    public async Task Who_is_cancelled_by_the_system_did_not_want_to_leave()
    {
        await using var book = new Book();
        await book.AddAsync("s", book.Host.Monthly, "tok_ok");
        await book.DoAsync("s", new SubscriptionCommand.ChangePaymentMethod("tok_insufficient_funds"));
        await book.MoveToAsync(Instant.FromUtc(2024, 4, 1, 0, 0));

        Assert.Equal(SubscriptionStatus.Canceled, (await book.Host.ReadAsync("s")).Status);
        Assert.Equal(0, (await ReadAsync(book)).Churn.CancelledVoluntary);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(1_000, 1, 100_000)]
    public void A_rate_stays_between_nothing_and_everybody(long cancelled, long subscriptionDays, int expected) =>
        Assert.Equal(expected, new ChurnHistory(default, default, cancelled, subscriptionDays).MonthlyMilliPercent);

    private static SubscriptionCommand.Cancel Leave() => new(EffectiveAt.Now, null, null, CancellationRefund.None, null);

    private static ValueTask<BookStatistics> ReadAsync(Book book) =>
        BookStatistics.ReadAsync(new JournalStatistics(book.Host.Journal), new DirectoryFilter(), book.Host.Clock.GetCurrentInstant(), CancellationToken.None);

    /// <summary>Sums what the commits of a simulated journal counted, as the stores do.</summary>
    private sealed class JournalStatistics(SimulatedJournal journal) : IStatisticsStore
    {
        public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken) => new(
            [.. journal.Deltas.Where(delta => delta.Day <= range.ToDay && filter.Metrics.Contains(delta.Metric))
                .GroupBy(delta => (Day: Math.Max(delta.Day, range.FromDay - 1), delta.Metric, delta.Slice))
                .Select(group => new StatisticRow(group.Key.Day, "BRL", "", group.Key.Metric, group.Key.Slice, group.Sum(delta => delta.Value)))]);
    }
}
