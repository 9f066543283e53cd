using System.Text;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Postgres.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Lists subscriptions. The statement names only the filters that are given, so that each finds its index.</summary>
internal sealed class PostgresDirectory(PooledCalls pool) : ISubscriptionDirectory
{
    public async ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var parameters = new List<NpgsqlParameter> { Text(afterId ?? ""), Integer(limit) };
        var conditions = new StringBuilder();
        Require("status", filter.Status is { } status ? StoredNames.Of(status) : null);
        Require("seller_id", filter.SellerId);
        Require("product_id", filter.ProductId);
        Require("plan_id", filter.PlanId);
        Require("offer_id", filter.OfferId);
        Require("customer_id", filter.CustomerId);
        return await pool.ReadAsync(Sql(conditions), [.. parameters], ReadStored, cancellationToken);

        void Require(string column, string? value)
        {
            if (value is null) return;
            parameters.Add(Text(value));
            conditions.Append(" and ").Append(column).Append(" = $").Append(parameters.Count);
        }
    }

    private static string Sql(StringBuilder conditions) =>
        $"""
        select s.id, s.version, s.state
        from (select id from directory where id > $1{conditions} order by id limit $2) as found
        join subscription as s on s.id = found.id
        order by s.id
        """;

    private static StoredSubscription ReadStored(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
}
