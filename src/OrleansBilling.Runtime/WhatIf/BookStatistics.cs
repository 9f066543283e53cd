using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What the live counters say about a book before it is simulated.</summary>
/// <param name="Size">The number of subscriptions that have not ended.</param>
/// <param name="Churn">The recent churn; the forecast reads the same figures.</param>
public sealed record BookStatistics(long Size, RecentChurn Churn)
{
    private static readonly ImmutableArray<StatisticMetric> Gauges =
        [StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue, StatisticMetric.Paused];

    /// <summary>Reads the current size of the book and the churn of the 90 days up to today.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<BookStatistics> ReadAsync(
        IStatisticsStore statistics, DirectoryFilter scope, LocalDate today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(scope);
        var filter = StatisticsFilter.Of(scope);
        var standing = StatisticPeriod.StandingOn(today);
        var gauges = await statistics.ReadAsync(filter, Gauges, standing, StatisticsStep.Range, cancellationToken);
        return new BookStatistics(
            long.CreateSaturating(gauges.Sum(row => row.Value)), await RecentChurn.ReadAsync(statistics, filter, today, cancellationToken));
    }
}
