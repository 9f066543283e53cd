using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads balances. Commits keep them up to date.</summary>
internal sealed class SqliteBalances(SqliteReaders readers) : IBalanceStore
{
    public async ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        string? sellerId, string? partyId, BalanceKey? after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var (conditions, values) = BalanceFilter.Conditions(sellerId, partyId, after);
        return await readers.ReadAsync(SqlWhere(conditions), [limit, .. values], ReadRow, cancellationToken);
    }

    /// <summary>The first $1 balances are enough: any later one would also come after the page.</summary>
    private static string SqlWhere(string conditions) =>
        $"""
        select seller_id, party_id, currency, {SqliteWide.Sum("amount")}
        from (
          select * from (
            select seller_id, party_id, currency, amount, amount_high from balance
            where {conditions} order by seller_id, party_id, currency limit $1
          )
          union all
          select seller_id, party_id, currency, amount, amount_high from balance_aside where {conditions}
        )
        group by seller_id, party_id, currency
        order by seller_id, party_id, currency limit $1
        """;

    private static BalanceRow ReadRow(SqliteDataReader reader) =>
        new(new BalanceKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), SqliteWide.Read(reader, 3));
}
