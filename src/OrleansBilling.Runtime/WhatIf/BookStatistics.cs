using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What the live counters tell of a book before it is simulated.</summary>
/// <param name="Size">Subscriptions that have not ended.</param>
/// <param name="Churn">How subscribers left of late; the forecast has it from the same place.</param>
public sealed record BookStatistics(long Size, RecentChurn Churn)
{
    private static readonly ImmutableArray<StatisticMetric> Gauges =
        [StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue, StatisticMetric.Paused];

    /// <summary>Reads the book as it stands, and the churn of the 90 days up to today.</summary>
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
