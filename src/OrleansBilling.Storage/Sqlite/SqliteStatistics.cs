using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads counters; commits keep them up to date themselves (<see cref="SqliteCounters"/>).</summary>
internal sealed class SqliteStatistics(SqliteReaders readers) : IStatisticsStore
{
    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var metrics = filter.Metrics.IsDefaultOrEmpty ? null : JsonSerializer.Serialize(filter.Metrics.Select(metric => (int)metric));
        var sources = StatisticSources.Of(range);
        object?[] values =
        [
            range.FromDay, range.ToDay, filter.SellerId, filter.ProductId, filter.PlanId, filter.OfferId, metrics,
            sources.MonthsBefore, sources.MonthApart, sources.MonthApartTo, filter.SliceFrom,
        ];
        return await readers.ReadAsync(SqlOf(filter, range.Step, grouping), values, ReadRow, cancellationToken);
    }

    private static StatisticRow ReadRow(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        (StatisticMetric)reader.GetInt16(3),
        StoredNames.SliceOf(reader.GetInt32(4)),
        reader.GetInt64(5));

    /// <summary>"cross join" has the offers looked up first, and then their rows by key.</summary>
    private static string SqlOf(StatisticsFilter filter, StatisticsStep step, StatisticsGrouping grouping) =>
        $"""
        with asked as materialized ({(IsEverything(filter, grouping) ? Currencies : Offers(grouping))})
        select {DayOf(step)} as on_day, currency, of_group, metric, slice, sum(value)
        from (
          select a.currency, a.of_group, c.day, c.metric, c.slice, c.value
          from asked as a cross join statistic_month as c
          where c.offer_id = a.id and c.day < min($8, a.closed) and c.day <> $9 and {IsAsked}
          union all
          select a.currency, a.of_group, c.day, c.metric, c.slice, c.value
          from asked as a cross join statistic_day as c
          where c.offer_id = a.id and c.day between $9 and min($10, a.closed - 1) and {IsAsked}
          union all
          select a.currency, a.of_group, c.day, c.metric, c.slice, c.value
          from asked as a cross join statistic_day as c
          where c.offer_id = a.id and c.day between min($8, a.closed) and $2 and {IsAsked}
        ) as counter
        group by on_day, currency, of_group, metric, slice
        order by on_day, currency, of_group, metric, slice
        """;

    private const string IsAsked = "($7 is null or c.metric in (select value from json_each($7))) and ($11 is null or c.slice >= $11)";

    private static bool IsEverything(StatisticsFilter filter, StatisticsGrouping grouping) =>
        grouping == StatisticsGrouping.None && filter is { SellerId: null, ProductId: null, PlanId: null, OfferId: null };

    /// <summary>Offers one by one.</summary>
    private static string Offers(StatisticsGrouping grouping) =>
        $"""
        select o.id, o.currency, {Column(grouping)} as of_group, c.before as closed
        from offer as o join statistic_closed as c on c.offer_id = o.id
        where ($3 is null or o.seller_id = $3)
          and ($4 is null or o.product_id = $4)
          and ($5 is null or o.plan_id = $5)
          and ($6 is null or o.id = $6)
        """;

    /// <summary>All offers of a currency as if they were one.</summary>
    private const string Currencies =
        """
        select '*' || o.currency as id, o.currency, '' as of_group, c.before as closed
        from (select distinct currency from offer) as o join statistic_closed as c on c.offer_id = '*' || o.currency
        where coalesce($3, $4, $5, $6) is null
        """;

    private static string Column(StatisticsGrouping grouping) => grouping switch
    {
        StatisticsGrouping.None => "''",
        StatisticsGrouping.Product => "o.product_id",
        StatisticsGrouping.Plan => "o.plan_id",
        StatisticsGrouping.Offer => "o.id",
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, null),
    };

    private static string DayOf(StatisticsStep step) => step switch
    {
        StatisticsStep.Day => "max(counter.day, $1 - 1)",
        StatisticsStep.Month => "case when counter.day < $1 then $1 - 1 else max($1, " + SqliteCounters.MonthOf("counter.day") + ") end",
        StatisticsStep.Range => "case when counter.day < $1 then $1 - 1 else $1 end",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
