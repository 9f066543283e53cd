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
        string? sellerId, string? partyId, BalanceKey? after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var (conditions, values) = BalanceFilter.Conditions(sellerId, partyId, after);
        NpgsqlParameter[] parameters = [Integer(limit), .. values.Select(Text)];
        return await pool.ReadAsync(
            Sql.Replace("{conditions}", conditions, StringComparison.Ordinal), parameters, ReadRow, cancellationToken);
    }

    private static BalanceRow ReadRow(NpgsqlDataReader reader) =>
        new(new BalanceKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), WideSum.Read(reader, 3));
}
