using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads balances. Commits keep them up to date.</summary>
internal sealed class SqliteBalances(SqliteReaders readers) : IBalanceStore
{
    public async ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds, BalanceKey? after, int limit,
        CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var filter = BalanceFilter.Of("seller_id, party_id, currency, amount, amount_high", sellerIds, partyIds, after);
        return await readers.ReadAsync(SqlOf(filter), [limit, .. filter.Values], ReadRow, cancellationToken);
    }

    /// <summary>The first $1 balances are enough: any later one would also come after the page.</summary>
    private static string SqlOf(BalanceFilter filter) =>
        $"""
        select seller_id, party_id, currency, {SqliteWide.Sum("amount")}
        from (
          select * from ({filter.Page})
          union all
          select seller_id, party_id, currency, amount, amount_high from balance_aside where {filter.Conditions}
        )
        group by seller_id, party_id, currency
        order by seller_id, party_id, currency limit $1
        """;

    private static BalanceRow ReadRow(SqliteDataReader reader) =>
        new(new BalanceKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), SqliteWide.Read(reader, 3));
}
