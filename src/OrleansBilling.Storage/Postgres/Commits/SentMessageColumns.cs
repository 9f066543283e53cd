using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The messages between customers and sellers that the batch's commits send.</summary>
internal sealed class SentMessageColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> sequence = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<string> id = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<short> sender = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<long> at = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<string> text = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        sequence.Clear();
        id.Clear();
        sender.Clear();
        at.Clear();
        text.Clear();
    }

    public void Add(JournalCommit commit)
    {
        if (commit.Message is not { } message) return;
        subscriptionId.Add(commit.SubscriptionId);
        sequence.Add(message.Sequence);
        id.Add(message.Id);
        sender.Add((short)message.From);
        at.Add(PostgresTime.ToMicroseconds(message.At));
        text.Add(message.Text);
    }
}
