using NodaTime;
using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>History rows whose table implies their type: usage events or checkpoints. Most batches have none.</summary>
internal sealed class StretchColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> subscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> sequence = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long> at = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<byte[]> data = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        subscriptionId.Clear();
        sequence.Clear();
        at.Clear();
        data.Clear();
    }

    public void Add(string id, long number, Instant happened, byte[] json)
    {
        subscriptionId.Add(id);
        sequence.Add(number);
        at.Add(PostgresTime.ToMicroseconds(happened));
        data.Add(json);
    }
}
