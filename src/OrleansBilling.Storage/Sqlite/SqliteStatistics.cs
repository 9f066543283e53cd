using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads counters; commits keep them up to date themselves.</summary>
internal sealed class SqliteStatistics(SqliteReaders readers) : IStatisticsStore
{
    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(StatisticsFilter filter, int fromDay, int toDay, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var metrics = filter.Metrics.IsDefaultOrEmpty ? null : JsonSerializer.Serialize(filter.Metrics.Select(metric => (int)metric));
        object?[] values = [fromDay, toDay, filter.SellerId, filter.ProductId, filter.PlanId, filter.OfferId, metrics];
        return await readers.ReadAsync(SqlGroupedBy(grouping), values, ReadRow, cancellationToken);
    }

    private static StatisticRow ReadRow(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        (StatisticMetric)reader.GetInt16(3),
        StoredNames.SliceOf(reader.GetInt32(4)),
        reader.GetInt64(5));

    private static string SqlGroupedBy(StatisticsGrouping grouping) =>
        $"""
        select max(s.day, $1 - 1) as on_day, o.currency, {Column(grouping)} as of_group, s.metric, s.slice, sum(s.value)
        from statistic_day as s join offer as o on o.id = s.offer_id
        where s.day <= $2
          and ($7 is null or s.metric in (select value from json_each($7)))
          and ($3 is null or o.seller_id = $3)
          and ($4 is null or o.product_id = $4)
          and ($5 is null or o.plan_id = $5)
          and ($6 is null or o.id = $6)
        group by on_day, o.currency, of_group, s.metric, s.slice
        order by on_day, o.currency, of_group, s.metric, s.slice
        """;

    private static string Column(StatisticsGrouping grouping) => grouping switch
    {
        StatisticsGrouping.None => "''",
        StatisticsGrouping.Product => "o.product_id",
        StatisticsGrouping.Plan => "o.plan_id",
        StatisticsGrouping.Offer => "o.id",
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, null),
    };
}
