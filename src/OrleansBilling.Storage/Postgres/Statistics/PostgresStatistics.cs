using Npgsql;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Postgres.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Statistics;

/// <summary>Reads counters: folded days plus the deltas that are not folded yet.</summary>
internal sealed class PostgresStatistics(PooledCalls pool) : IStatisticsStore
{
    private static readonly string Sql = EmbeddedSql.Read("Postgres.Statistics.read.sql");

    private static readonly Dictionary<StatisticsGrouping, string> SqlByGrouping = new()
    {
        [StatisticsGrouping.None] = GroupedBy("''::text"),
        [StatisticsGrouping.Product] = GroupedBy("o.product_id"),
        [StatisticsGrouping.Plan] = GroupedBy("o.plan_id"),
        [StatisticsGrouping.Offer] = GroupedBy("o.id"),
    };

    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(StatisticsFilter filter, int fromDay, int toDay, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        short[]? metrics = filter.Metrics.IsDefaultOrEmpty ? null : [.. filter.Metrics.Select(metric => (short)metric)];
        NpgsqlParameter[] parameters =
        [
            Integer(fromDay), Integer(toDay), Text(filter.SellerId), Text(filter.ProductId), Text(filter.PlanId), Text(filter.OfferId),
            Smallints(metrics),
        ];
        return await pool.ReadAsync(SqlByGrouping[grouping], parameters, ReadRow, cancellationToken);
    }

    private static StatisticRow ReadRow(NpgsqlDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        (StatisticMetric)reader.GetInt16(3),
        StoredNames.SliceOf(reader.GetInt32(4)),
        reader.GetInt64(5));

    private static string GroupedBy(string column) => Sql.Replace("{group}", column, StringComparison.Ordinal);
}
