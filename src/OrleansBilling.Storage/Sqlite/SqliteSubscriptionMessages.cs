using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Messages;

namespace OrleansBilling.Storage.Sqlite;

internal sealed class SqliteSubscriptionMessages(SqliteReaders readers) : ISubscriptionMessages
{
    public async ValueTask<IReadOnlyList<SubscriptionMessage>> ReadAsync(
        string subscriptionId, long after, int max, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(max);
        return await readers.ReadAsync(
            MessageSql.Read, [subscriptionId, after, max],
            static reader => new SubscriptionMessage(
                reader.GetInt64(0), reader.GetString(1), (MessageSender)reader.GetInt32(2), SqliteJournal.ReadInstant(reader, 3),
                reader.GetString(4)),
            cancellationToken);
    }
}
