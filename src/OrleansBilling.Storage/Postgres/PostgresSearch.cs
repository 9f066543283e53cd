using Npgsql;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Search;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

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
            sql.Text, [.. sql.Values.Select(ParameterOf)], static reader => new SearchRow(reader.GetString(0), reader.GetInt32(1)),
            cancellationToken);
    }

    private static NpgsqlParameter ParameterOf(object value) => value switch
    {
        string text => Text(text),
        int number => Integer(number),
        long number => Long(number),
        _ => throw new InvalidOperationException($"{value.GetType()} is no parameter of a search."),
    };
}
