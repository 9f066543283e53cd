using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Freshness;

/// <summary>Counts a seller's canceled subscriptions over all time, as the statistics in storage show them.</summary>
internal sealed class StoredCancellations(IStatisticsStore statistics, string sellerId)
{
    private readonly StatisticsFilter filter = new() { SellerId = sellerId, Metrics = [StatisticMetric.Cancellations] };

    public async ValueTask<long> ReadAsync(CancellationToken cancellationToken)
    {
        // All days together, as one opening balance. Stores may return other metrics too.
        var rows = await statistics.ReadAsync(filter, int.MaxValue, int.MaxValue, StatisticsGrouping.None, cancellationToken);
        return rows.Where(row => row.Metric == StatisticMetric.Cancellations).Sum(row => (long)row.Value);
    }
}
