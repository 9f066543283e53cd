using System.Data.Common;
using NodaTime;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteDocumentLists(SqliteReaders readers)
    : DocumentLists(static (reader, ordinal) => Instant.FromUnixTimeMilliseconds(reader.GetInt64(ordinal)))
{
    protected override async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        DocumentListSql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            sql.Text, [.. sql.Values.Select(value => value is Instant at ? at.ToUnixTimeMilliseconds() : value)],
            reader => read(reader), cancellationToken);
}
