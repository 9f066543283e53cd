using OrleansBilling.Runtime.Search;
using OrleansBilling.Storage.Search;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The looks of the search on SQLite, where texts are compared by their bytes.</summary>
internal sealed class SqliteSearch(SqliteReaders readers) : ISearchIndex
{
    public async ValueTask<IReadOnlyList<SearchRow>> FindAsync(
        SearchLook look, SearchScope scope, int limit, CancellationToken cancellationToken)
    {
        var sql = SearchSql.Of(look, scope, limit, byBytes: "");
        return await readers.ReadAsync(
            sql.Text, [.. sql.Values], static reader => new SearchRow(reader.GetString(0), reader.GetInt32(1)), cancellationToken);
    }
}
