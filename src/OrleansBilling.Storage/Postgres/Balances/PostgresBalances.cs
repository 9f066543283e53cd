using System.Collections.Immutable;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Balances;

/// <summary>Reads balances: the folded ones plus the deltas not yet folded.</summary>
internal sealed class PostgresBalances(PooledCalls pool) : IBalanceStore
{
    private static readonly string Sql = EmbeddedSql.Read("Postgres.Balances.read.sql");

    public async ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds, BalanceKey? after, int limit,
        CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var filter = BalanceFilter.Of("seller_id, party_id, currency, amount", sellerIds, partyIds, after);
        return await pool.ReadAsync(SqlOf(filter), [Integer(limit), .. filter.Values.Select(Text)], ReadRow, cancellationToken);
    }

    internal static string SqlOf(BalanceFilter filter) => Sql.Replace("{page}", filter.Page, StringComparison.Ordinal)
        .Replace("{conditions}", filter.Conditions, StringComparison.Ordinal);

    private static BalanceRow ReadRow(NpgsqlDataReader reader) =>
        new(new BalanceKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), WideSum.Read(reader, 3));
}
