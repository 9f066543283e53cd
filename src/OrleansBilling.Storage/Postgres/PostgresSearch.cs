using OrleansBilling.Runtime.Search;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Search;

namespace OrleansBilling.Storage.Postgres;

/// <summary>The looks of the search on PostgreSQL.</summary>
internal sealed class PostgresSearch(PooledCalls pool) : ISearchIndex
{
    /// <summary>Mail addresses are stored in the order of the database's language, but their index is in that of bytes.</summary>
    public const string ByBytes = " collate \"C\"";

    public async ValueTask<IReadOnlyList<SearchRow>> FindAsync(
        SearchLook look, SearchScope scope, int limit, CancellationToken cancellationToken)
    {
        var sql = SearchSql.Of(look, scope, limit, ByBytes);
        return await pool.ReadAsync(
            sql.Text, [.. sql.Values.Select(SqlParameters.Of)], static reader => new SearchRow(reader.GetString(0), reader.GetInt32(1)),
            cancellationToken);
    }
}
