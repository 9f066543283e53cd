using Npgsql;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Postgres.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Statistics;

/// <summary>Reads counters: folded months and days plus the deltas that are not folded yet.</summary>
internal sealed class PostgresStatistics(PooledCalls pool) : IStatisticsStore
{
    /// <summary>Offers one by one; one that was never folded has no closed months.</summary>
    private const string Offers =
        """
        select o.id, o.currency, {group} as of_group, coalesce(c.before, -2147483647) as closed
        from offer as o left join statistic_closed as c on c.offer_id = o.id
        where ($3::text is null or o.seller_id = $3)
          and ($4::text is null or o.product_id = $4)
          and ($5::text is null or o.plan_id = $5)
          and ($6::text is null or o.id = $6)
        """;

    /// <summary>All offers of a currency as if they were one.</summary>
    private const string Currencies =
        """
        select '*' || o.currency as id, o.currency, ''::text as of_group, coalesce(c.before, -2147483647) as closed
        from (select distinct currency from offer) as o left join statistic_closed as c on c.offer_id = '*' || o.currency
        where coalesce($3, $4, $5, $6) is null
        """;

    private static readonly string Sql = EmbeddedSql.Read("Postgres.Statistics.read.sql");

    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        short[]? metrics = filter.Metrics.IsDefaultOrEmpty ? null : [.. filter.Metrics.Select(metric => (short)metric)];
        var sources = StatisticSources.Of(range);
        NpgsqlParameter[] parameters =
        [
            Integer(range.FromDay), Integer(range.ToDay), Text(filter.SellerId), Text(filter.ProductId), Text(filter.PlanId), Text(filter.OfferId),
            Smallints(metrics), Integer(sources.MonthsBefore), Integer(sources.MonthApart), Integer(sources.MonthApartTo), Integer(filter.SliceFrom),
        ];
        return await pool.ReadAsync(SqlOf(filter, range.Step, grouping), parameters, ReadRow, cancellationToken);
    }

    private static StatisticRow ReadRow(NpgsqlDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        (StatisticMetric)reader.GetInt16(3),
        StoredNames.SliceOf(reader.GetInt32(4)),
        reader.GetInt64(5));

    private static string SqlOf(StatisticsFilter filter, StatisticsStep step, StatisticsGrouping grouping)
    {
        var everything = grouping == StatisticsGrouping.None && filter is { SellerId: null, ProductId: null, PlanId: null, OfferId: null };
        return Sql
            .Replace("{asked}", everything ? Currencies : Offers.Replace("{group}", ColumnOf(grouping), StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{counter}", everything ? "'*' || o.currency" : "o.id", StringComparison.Ordinal)
            .Replace("{step}", DayOf(step), StringComparison.Ordinal);
    }

    private static string ColumnOf(StatisticsGrouping grouping) => grouping switch
    {
        StatisticsGrouping.None => "''::text",
        StatisticsGrouping.Product => "o.product_id",
        StatisticsGrouping.Plan => "o.plan_id",
        StatisticsGrouping.Offer => "o.id",
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, null),
    };

    private static string DayOf(StatisticsStep step) => step switch
    {
        StatisticsStep.Day => "greatest(counter.day, $1 - 1)",
        StatisticsStep.Month => "case when counter.day < $1 then $1 - 1 else greatest($1, month_start(counter.day)) end",
        StatisticsStep.Range => "case when counter.day < $1 then $1 - 1 else $1 end",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
