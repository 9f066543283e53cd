using System.Data.Common;
using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Lists;

internal sealed class PostgresDocumentLists(PooledCalls pool)
    : DocumentLists(static (reader, ordinal) => SqlParameters.ReadInstant((NpgsqlDataReader)reader, ordinal))
{
    protected override async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        DocumentListSql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await pool.ReadAsync(sql.Text, [.. sql.Values.Select(SqlParameters.Of)], reader => read(reader), cancellationToken);
}
