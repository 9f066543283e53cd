using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>
/// The one statement that writes a batch, prepared once per connection. Its columns are lists that are refilled, so that
/// a batch allocates next to nothing. Not thread-safe; a lane owns it.
/// </summary>
internal sealed class CommitStatement : IDisposable
{
    internal static readonly string Sql = EmbeddedSql.Read("Postgres.Commits.commit.sql");

    private readonly NpgsqlCommand command;
    private readonly SnapshotColumns snapshots;
    private readonly EventColumns events;
    private readonly DirectoryColumns directory;
    private readonly DirectoryColumns newDirectory;
    private readonly DeltaColumns deltas;

    private CommitStatement(NpgsqlConnection connection)
    {
        command = new NpgsqlCommand(Sql, connection);
        snapshots = new SnapshotColumns(command);
        events = new EventColumns(command);
        directory = new DirectoryColumns(command);
        newDirectory = new DirectoryColumns(command);
        deltas = new DeltaColumns(command);
    }

    public static async Task<CommitStatement> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var statement = new CommitStatement(connection);
        await statement.command.PrepareAsync(cancellationToken);
        return statement;
    }

    /// <summary>Writes a batch. Null when every commit won; otherwise the ids of those that did.</summary>
    public async Task<HashSet<string>?> ExecuteAsync(ArraySegment<PendingCommit> batch)
    {
        Fill(batch);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        if (!await reader.ReadAsync(CancellationToken.None)) throw new InvalidOperationException("The commit statement returned no row.");
        return await reader.IsDBNullAsync(0, CancellationToken.None)
            ? null
            : [.. await reader.GetFieldValueAsync<string[]>(0, CancellationToken.None)];
    }

    public void Dispose() => command.Dispose();

    private void Fill(ArraySegment<PendingCommit> batch)
    {
        snapshots.Clear();
        events.Clear();
        directory.Clear();
        newDirectory.Clear();
        deltas.Clear();
        foreach (var pending in batch)
        {
            var commit = pending.Commit;
            snapshots.Add(commit, pending.Hash);
            events.Add(commit);
            (pending.IsInsert ? newDirectory : directory).Add(commit);
            deltas.Add(commit);
        }
    }

    private sealed class SnapshotColumns(NpgsqlCommand command)
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

        public void Add(JournalCommit commit, ulong hash)
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
                return;
            }

            id.Add(commit.SubscriptionId);
            expected.Add(commit.ExpectedVersion);
            version.Add(commit.NewVersion);
            dueAt.Add(due);
            status.Add(commit.Directory is { } entry ? StoredNames.Of(entry.Status) : null);
            state.Add(commit.State);
        }
    }

    private sealed class EventColumns(NpgsqlCommand command)
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

        public void Add(JournalCommit commit)
        {
            for (var index = 0; index < commit.Events.Count; index++)
            {
                var stored = commit.Events[index];
                subscriptionId.Add(commit.SubscriptionId);
                sequence.Add(stored.Sequence);
                at.Add(PostgresTime.ToMicroseconds(stored.At));
                type.Add(stored.Type);
                data.Add(stored.Data);
            }
        }
    }

    private sealed class DirectoryColumns(NpgsqlCommand command)
    {
        private readonly ArrayParameter<string> id = new(command, NpgsqlDbType.Text);
        private readonly ArrayParameter<string> sellerId = new(command, NpgsqlDbType.Text);
        private readonly ArrayParameter<string> productId = new(command, NpgsqlDbType.Text);
        private readonly ArrayParameter<string> planId = new(command, NpgsqlDbType.Text);
        private readonly ArrayParameter<string> offerId = new(command, NpgsqlDbType.Text);
        private readonly ArrayParameter<string> customerId = new(command, NpgsqlDbType.Text);

        public void Clear()
        {
            id.Clear();
            sellerId.Clear();
            productId.Clear();
            planId.Clear();
            offerId.Clear();
            customerId.Clear();
        }

        public void Add(JournalCommit commit)
        {
            if (commit.Directory is not { } entry) return;
            id.Add(commit.SubscriptionId);
            sellerId.Add(entry.SellerId);
            productId.Add(entry.ProductId);
            planId.Add(entry.PlanId);
            offerId.Add(entry.OfferId);
            customerId.Add(entry.CustomerId);
        }
    }
}
