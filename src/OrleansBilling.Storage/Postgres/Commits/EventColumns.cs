using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The events of the batch, except usage.</summary>
internal sealed class EventColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> sequence = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long> at = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<string> type = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<byte[]> data = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        sequence.Clear();
        at.Clear();
        type.Clear();
        data.Clear();
    }

    public void Add(string id, in StoredEvent stored)
    {
        subscriptionId.Add(id);
        sequence.Add(stored.Sequence);
        at.Add(PostgresTime.ToMicroseconds(stored.At));
        type.Add(stored.Type);
        data.Add(stored.Data);
    }
}
