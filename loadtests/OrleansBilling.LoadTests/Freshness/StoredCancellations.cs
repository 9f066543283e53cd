using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Freshness;

/// <summary>How many subscriptions of a seller were ever canceled, as the statistics of a storage say.</summary>
internal sealed class StoredCancellations(IStatisticsStore statistics, string sellerId)
{
    private readonly StatisticsFilter filter = new() { SellerId = sellerId, Metrics = [StatisticMetric.Cancellations] };

    public async ValueTask<long> ReadAsync(CancellationToken cancellationToken)
    {
        // All days at once, as one opening balance; stores may answer with other metrics, too.
        var rows = await statistics.ReadAsync(filter, int.MaxValue, int.MaxValue, StatisticsGrouping.None, cancellationToken);
        return rows.Where(row => row.Metric == StatisticMetric.Cancellations).Sum(row => (long)row.Value);
    }
}
