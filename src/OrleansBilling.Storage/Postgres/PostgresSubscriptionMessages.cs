using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Messages;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

internal sealed class PostgresSubscriptionMessages(PooledCalls pool) : ISubscriptionMessages
{
    public async ValueTask<IReadOnlyList<SubscriptionMessage>> ReadAsync(
        string subscriptionId, long after, int max, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(max);
        return await pool.ReadAsync(
            MessageSql.Read, [Text(subscriptionId), Long(after), Integer(max)],
            static reader => new SubscriptionMessage(
                reader.GetInt64(0), reader.GetString(1), (MessageSender)reader.GetInt16(2), ReadInstant(reader, 3), reader.GetString(4)),
            cancellationToken);
    }
}
