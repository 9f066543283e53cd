using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Waiting messages, in the order of their commits.</summary>
internal sealed class SqliteOutbox(SqliteWriter writer, SqliteReaders readers) : IOutbox
{
    private const string ReadSql =
        "select position, subscription_id, sequence, type, seller_id, at, data from outbox where position > $2 order by position limit $1";

    private const string ReadOfSellerSql =
        "select position, subscription_id, sequence, type, seller_id, at, data from outbox where seller_id = $3 and position > $2 " +
        "order by position limit $1";

    private const string RemoveSql =
        "delete from outbox where position in (select value from json_each($1)) and ($2 is null or seller_id = $2)";

    public async ValueTask<IReadOnlyList<StoredMessage>> ReadAsync(
        string? sellerId, long after, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequireOutboxPage(limit);
        return sellerId is null
            ? await readers.ReadAsync(ReadSql, [limit, after], ReadMessage, cancellationToken)
            : await readers.ReadAsync(ReadOfSellerSql, [limit, after, sellerId], ReadMessage, cancellationToken);
    }

    public ValueTask<int> RemoveAsync(string? sellerId, IReadOnlyCollection<long> positions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(positions);
        cancellationToken.ThrowIfCancellationRequested();
        if (positions.Count == 0) return ValueTask.FromResult(0);
        BillingStorage.RequireOutboxPage(positions.Count);
        var list = JsonSerializer.Serialize(positions);
        return ValueTask.FromResult(writer.Write(statements => statements.Write(RemoveSql, list, sellerId)));
    }

    private static StoredMessage ReadMessage(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        new OutboxMessage(
            reader.GetInt64(2), reader.GetString(3), reader.GetString(4), SqliteJournal.ReadInstant(reader, 5),
            reader.GetFieldValue<byte[]>(6)));
}
