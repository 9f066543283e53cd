using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The messages of the batch, in order per subscription.</summary>
internal sealed class MessageColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> sequence = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<string> type = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> at = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<byte[]> data = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        sequence.Clear();
        type.Clear();
        sellerId.Clear();
        at.Clear();
        data.Clear();
    }

    public void Add(JournalCommit commit)
    {
        for (var index = 0; index < commit.Messages.Count; index++)
        {
            var message = commit.Messages[index];
            subscriptionId.Add(commit.SubscriptionId);
            sequence.Add(message.Sequence);
            type.Add(message.Type);
            sellerId.Add(message.SellerId);
            at.Add(PostgresTime.ToMicroseconds(message.At));
            data.Add(message.Data);
        }
    }
}
