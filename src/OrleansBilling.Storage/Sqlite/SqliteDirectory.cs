using System.Text;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Lists subscriptions. The statement contains only the filters that are given, so each combination can use its index.</summary>
internal sealed class SqliteDirectory(SqliteReaders readers) : ISubscriptionDirectory
{
    public async ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
        DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var values = new List<object?> { afterId ?? "", limit };
        var conditions = new StringBuilder();
        Require("d.seller_id", filter.SellerId);
        Require("d.product_id", filter.ProductId);
        Require("d.plan_id", filter.PlanId);
        Require("d.offer_id", filter.OfferId);
        Require("d.customer_id", filter.CustomerId);
        var needsDirectory = conditions.Length > 0;
        Require("s.status", filter.Status is { } status ? StoredNames.Of(status) : null);
        return await readers.ReadAsync(
            needsDirectory ? DirectorySql(conditions) : StatusSql(conditions), [.. values],
            static reader => SqliteJournal.ReadStored(reader, 0), cancellationToken);

        void Require(string column, string? value)
        {
            if (value is null) return;
            values.Add(value);
            conditions.Append(" and ").Append(column).Append(" = $").Append(values.Count);
        }
    }

    private static string DirectorySql(StringBuilder conditions) =>
        $"""
        select s.id, s.version, s.state from directory as d join subscription as s on s.id = d.id
        where d.id > $1{conditions} order by d.id limit $2
        """;

    private static string StatusSql(StringBuilder conditions) =>
        $"select s.id, s.version, s.state from subscription as s where s.id > $1{conditions} order by s.id limit $2";
}
