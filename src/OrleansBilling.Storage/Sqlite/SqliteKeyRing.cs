using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteKeyRing(SqliteWriter writer, SqliteReaders readers) : IKeyRing
{
    private const string ListSql = "select id, master, content from key_ring order by id";
    private const string AddSql = "insert into key_ring (id, master, content) values ($1, $2, $3) on conflict do nothing";

    public async ValueTask<IReadOnlyList<RingKey>> ListAsync(CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            ListSql, [], static reader => new RingKey(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)),
            cancellationToken);

    public ValueTask AddAsync(RingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(AddSql, key.Id, key.Master, key.Content));
        return ValueTask.CompletedTask;
    }
}
