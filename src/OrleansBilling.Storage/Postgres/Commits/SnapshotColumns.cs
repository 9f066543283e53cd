using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The snapshot rows of the batch: updates of existing subscriptions, and inserts of new ones.</summary>
internal sealed class SnapshotColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<string> id = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> expected = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long> version = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long?> dueAt = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<string?> status = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<byte[]> state = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<string> newId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<long> newVersion = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<long?> newDueAt = new(command, NpgsqlDbType.TimestampTz);
    private readonly ArrayParameter<short> newPartition = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<string> newStatus = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<byte[]> newState = new(command, NpgsqlDbType.Text);

    public void Clear()
    {
        id.Clear();
        expected.Clear();
        version.Clear();
        dueAt.Clear();
        status.Clear();
        state.Clear();
        newId.Clear();
        newVersion.Clear();
        newDueAt.Clear();
        newPartition.Clear();
        newStatus.Clear();
        newState.Clear();
    }

    /// <summary>Adds a commit and returns its place: counted up from 1 among the updates, down from -1 among the inserts.</summary>
    public int Add(JournalCommit commit, ulong hash)
    {
        long? due = commit.DueAt is { } at ? PostgresTime.ToMicroseconds(at) : null;
        if (commit.ExpectedVersion == 0)
        {
            newId.Add(commit.SubscriptionId);
            newVersion.Add(commit.NewVersion);
            newDueAt.Add(due);
            newPartition.Add(SubscriptionHash.PartitionOf(hash));
            newStatus.Add(StoredNames.Of(commit.Directory!.Status));
            newState.Add(commit.State);
            return -newId.Count;
        }

        id.Add(commit.SubscriptionId);
        expected.Add(commit.ExpectedVersion);
        version.Add(commit.NewVersion);
        dueAt.Add(due);
        status.Add(commit.Directory is { } entry ? StoredNames.Of(entry.Status) : null);
        state.Add(commit.State);
        return id.Count;
    }
}
