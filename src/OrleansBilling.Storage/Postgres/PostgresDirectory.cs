using System.Text;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Lists subscriptions. The statement contains only the filters that are given, so each combination can use its index.</summary>
internal sealed class PostgresDirectory(PooledCalls pool) : ISubscriptionDirectory
{
    public async ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
        DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var parameters = new List<NpgsqlParameter> { Text(afterId ?? ""), Integer(limit) };
        var conditions = new StringBuilder();
        Require("d.seller_id", filter.SellerId);
        Require("d.product_id", filter.ProductId);
        Require("d.plan_id", filter.PlanId);
        Require("d.offer_id", filter.OfferId);
        Require("d.customer_id", filter.CustomerId);
        Func<StringBuilder, string> sql = conditions.Length > 0 ? DirectorySql : StatusSql;

        // A literal, not a parameter: only then can PostgreSQL tell that the partial index on rare statuses applies.
        if (filter.Status is { } status) conditions.Append(" and s.status = '").Append(StoredNames.Of(status)).Append('\'');
        return await pool.ReadAsync(sql(conditions), [.. parameters], ReadStored, cancellationToken);

        void Require(string column, string? value)
        {
            if (value is null) return;
            parameters.Add(Text(value));
            conditions.Append(" and ").Append(column).Append(" = $").Append(parameters.Count);
        }
    }

    private static string DirectorySql(StringBuilder conditions) =>
        $"""
        select s.id, s.version, s.state from directory as d join subscription as s on s.id = d.id
        where d.id > $1{conditions} order by d.id limit $2
        """;

    private static string StatusSql(StringBuilder conditions) =>
        $"select s.id, s.version, s.state from subscription as s where s.id > $1{conditions} order by s.id limit $2";

    private static StoredSubscription ReadStored(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
}
