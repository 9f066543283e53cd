using Npgsql;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Statistics;

/// <summary>Reads counters: folded months and days, or the marketplace totals, plus the deltas not yet folded.</summary>
internal sealed class PostgresStatistics(PooledCalls pool, PostgresRecount recount) : IStatisticsStore
{
    private const string MetricIsAsked = "metric = any ($7)";

    private static readonly string OfferSql = EmbeddedSql.Read("Postgres.Statistics.read.sql");
    private static readonly string MarketSql = EmbeddedSql.Read("Postgres.Statistics.read_market.sql");

    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (await recount.IsRebuildingAsync(cancellationToken)) throw new StatisticsRebuildingException();
        short[]? metrics = filter.Metrics.IsDefaultOrEmpty ? null : [.. filter.Metrics.Select(metric => (short)metric)];
        var sources = StatisticSources.Of(range);
        NpgsqlParameter[] parameters =
        [
            Integer(range.FromDay), Integer(range.ToDay), Text(filter.SellerId), Text(filter.ProductId), Text(filter.PlanId),
            Text(filter.OfferId),
            Smallints(metrics), Integer(sources.MonthsBefore), Integer(sources.MonthApart), Integer(sources.MonthApartTo),
            Integer(filter.SliceFrom), Text(filter.Name),
        ];
        var rows = await pool.ReadAsync(SqlOf(filter, range.Step, grouping), parameters, ReadRow, cancellationToken);

        // Another process may have dropped the counters meanwhile.
        if (await recount.IsRebuildingAsync(cancellationToken)) throw new StatisticsRebuildingException();
        return rows;
    }

    public async ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
        IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var rows = await pool.ReadAsync(
            "select id, name from statistic_name where id = any($1)", [Integers([.. numbers])],
            static reader => (reader.GetInt32(0), reader.GetString(1)), cancellationToken);
        return rows.ToDictionary(row => row.Item1, row => row.Item2);
    }

    private static StatisticRow ReadRow(NpgsqlDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        (StatisticMetric)reader.GetInt16(3),
        StoredNames.SliceOf(reader.GetInt32(4)),
        WideSum.Read(reader, 5));

    private static string SqlOf(StatisticsFilter filter, StatisticsStep step, StatisticsGrouping grouping) =>
        (StatisticSelection.IsMarket(filter, grouping) ? MarketSql : OfferSql)
            .Replace("{offers}", StatisticSelection.Offers(filter), StringComparison.Ordinal)
            .Replace("{group}", StatisticSelection.Group(grouping), StringComparison.Ordinal)
            .Replace("{counters}", StatisticSelection.Counters(filter, MetricIsAsked), StringComparison.Ordinal)
            .Replace("{step}", DayOf(step), StringComparison.Ordinal);

    private static string DayOf(StatisticsStep step) => step switch
    {
        StatisticsStep.Day => "greatest(counter.day, $1 - 1)",
        StatisticsStep.Month => "case when counter.day < $1 then $1 - 1 else greatest($1, month_start(counter.day)) end",
        StatisticsStep.Range => "case when counter.day < $1 then $1 - 1 else $1 end",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
