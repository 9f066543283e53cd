using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads counters. Commits keep them up to date (<see cref="SqliteCounters"/>).</summary>
internal sealed class SqliteStatistics(SqliteReaders readers, SqliteRebuild rebuild) : IStatisticsStore
{
    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (rebuild.IsUnderWay) throw new StatisticsRebuildingException();
        var metrics = filter.Metrics.IsDefaultOrEmpty ? null : JsonSerializer.Serialize(filter.Metrics.Select(metric => (int)metric));
        var sources = StatisticSources.Of(range);
        object?[] values =
        [
            range.FromDay, range.ToDay, filter.SellerId, filter.ProductId, filter.PlanId, filter.OfferId, metrics,
            sources.MonthsBefore, sources.MonthApart, sources.MonthApartTo, filter.SliceFrom, filter.Name,
        ];
        return await readers.ReadAsync(SqlOf(filter, range.Step, grouping), values, ReadRow, cancellationToken);
    }

    public async ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
        IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var rows = await readers.ReadAsync(
            "select id, name from statistic_name where id in (select value from json_each($1))", [JsonSerializer.Serialize(numbers)],
            static reader => (reader.GetInt32(0), reader.GetString(1)), cancellationToken);
        return rows.ToDictionary(row => row.Item1, row => row.Item2);
    }

    private static StatisticRow ReadRow(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        (StatisticMetric)reader.GetInt16(3),
        StoredNames.SliceOf(reader.GetInt32(4)),
        SqliteWide.Read(reader, 5));

    private static string SqlOf(StatisticsFilter filter, StatisticsStep step, StatisticsGrouping grouping)
    {
        var counters = StatisticSelection.Counters(filter, "metric in (select value from json_each($7))");
        return StatisticSelection.IsMarket(filter, grouping)
            ? MarketSql(DayOf(step), counters)
            : OfferSql(DayOf(step), filter, grouping, counters);
    }

    private static string MarketSql(string day, string counters) =>
        $"""
        select {day} as on_day, currency, '' as of_group, metric, slice, {SqliteWide.Sum("value")}
        from (
          select currency, day, metric, slice, value, value_high from statistic_market
          where day <= $2 and {counters}
          union all
          select o.currency, c.day, c.metric, c.slice, c.value, c.value_high
          from statistic_aside as c join offer as o on o.id = c.offer_id
          where c.day <= $2 and {counters}
        ) as counter
        group by on_day, currency, metric, slice
        order by on_day, currency, metric, slice
        """;

    /// <summary>"cross join" makes SQLite look up the offers first, and then their rows by key.</summary>
    private static string OfferSql(string day, StatisticsFilter filter, StatisticsGrouping grouping, string counters) =>
        $"""
        with asked as materialized (
          select o.id, o.currency, {StatisticSelection.Group(grouping)} as of_group, c.before as closed
          from offer as o join statistic_closed as c on c.offer_id = o.id
          where {StatisticSelection.Offers(filter)}
        )
        select {day} as on_day, currency, of_group, metric, slice, {SqliteWide.Sum("value")}
        from (
          select a.currency, a.of_group, c.day, c.metric, c.slice, c.value, c.value_high
          from asked as a cross join statistic_month as c
          where c.offer_id = a.id and c.day < min($8, a.closed) and c.day <> $9 and {counters}
          union all
          select a.currency, a.of_group, c.day, c.metric, c.slice, c.value, c.value_high
          from asked as a cross join statistic_day as c
          where c.offer_id = a.id and c.day between $9 and min($10, a.closed - 1) and {counters}
          union all
          select a.currency, a.of_group, c.day, c.metric, c.slice, c.value, c.value_high
          from asked as a cross join statistic_day as c
          where c.offer_id = a.id and c.day between min($8, a.closed) and $2 and {counters}
          union all
          select o.currency, {StatisticSelection.Group(grouping)}, c.day, c.metric, c.slice, c.value, c.value_high
          from statistic_aside as c join offer as o on o.id = c.offer_id
          where c.day <= $2 and {StatisticSelection.Offers(filter)} and {counters}
        ) as counter
        group by on_day, currency, of_group, metric, slice
        order by on_day, currency, of_group, metric, slice
        """;

    private static string DayOf(StatisticsStep step) => step switch
    {
        StatisticsStep.Day => "max(counter.day, $1 - 1)",
        StatisticsStep.Month => "case when counter.day < $1 then $1 - 1 else max($1, " + SqliteMonths.MonthOf("counter.day") + ") end",
        StatisticsStep.Range => "case when counter.day < $1 then $1 - 1 else $1 end",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
