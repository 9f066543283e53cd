using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What the live counters tell of a book before it is simulated.</summary>
/// <param name="Size">Subscriptions that have not ended.</param>
/// <param name="Churn">How customers left of late.</param>
public sealed record BookStatistics(long Size, ChurnHistory Churn)
{
    private const int HistoryDays = 90;

    private static readonly ImmutableArray<StatisticMetric> Gauges =
        [StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue, StatisticMetric.Paused];

    /// <summary>Reads the last 90 days (UTC), today included.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public static async ValueTask<BookStatistics> ReadAsync(IStatisticsStore statistics, DirectoryFilter scope, Instant now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(scope);
        var filter = new StatisticsFilter
        {
            SellerId = scope.SellerId, ProductId = scope.ProductId, PlanId = scope.PlanId, OfferId = scope.OfferId,
            Metrics = [.. Gauges, StatisticMetric.Cancellations],
        };
        var today = StatisticDelta.DayOf(now);
        var first = today - HistoryDays + 1;
        var size = Int128.Zero;
        var voluntary = Int128.Zero;
        var subscriptionDays = Int128.Zero;
        foreach (var row in await statistics.ReadAsync(filter, first, today, StatisticsGrouping.None, cancellationToken))
        {
            if (Gauges.Contains(row.Metric)) size += row.Value;
            if (row.Metric is StatisticMetric.Active or StatisticMetric.PastDue)
            {
                // Whoever is there from a day on is there on all that follow.
                subscriptionDays += row.Value * (today - Math.Max(row.Day, first) + 1);
            }
            else if (row.Metric == StatisticMetric.Cancellations && row.Day >= first && row.Slice != StatisticDelta.SliceOf(CancellationOrigin.System))
            {
                voluntary += row.Value;
            }
        }

        var date = now.InUtc().Date;
        var churn = new ChurnHistory(date.PlusDays(1 - HistoryDays), date, long.CreateSaturating(voluntary), long.CreateSaturating(subscriptionDays));
        return new BookStatistics(long.CreateSaturating(size), churn);
    }
}

/// <summary>How customers left of late, by their own wish or the seller's.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="CancelledVoluntary">Subscriptions that were cancelled, other than by the system.</param>
/// <param name="SubscriptionDays">The sum, over the days, of the subscriptions that were current at their end.</param>
public sealed record ChurnHistory(LocalDate From, LocalDate To, long CancelledVoluntary, long SubscriptionDays)
{
    /// <summary>Cancelled per subscription-day, for a month of 30.4375 days, in thousandths of a percent; 0 where there was nobody.</summary>
    public int MonthlyMilliPercent => SubscriptionDays <= 0
        ? 0
        : (int)Int128.Min(Assumptions.Whole, (((Int128)CancelledVoluntary * 3_043_750 * 2) + SubscriptionDays) / ((Int128)SubscriptionDays * 2));
}
