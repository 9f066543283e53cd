using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteSettings(SqliteWriter writer, SqliteReaders readers) : ISettingStore
{
    private const string ReadSql = "select value from setting where name = $1";
    private const string WriteSql = "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = $2";

    public async ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(ReadSql, [name], static reader => reader.GetString(0), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public ValueTask WriteAsync(string name, string value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(WriteSql, name, value));
        return ValueTask.CompletedTask;
    }
}
