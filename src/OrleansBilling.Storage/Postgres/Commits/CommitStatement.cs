using Npgsql;
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
    private readonly MessageColumns messages;
    private readonly DocumentColumns documents;
    private readonly UsageKeyColumns usageKeys;
    private readonly StatisticColumns statistics;
    private readonly BalanceColumns balances;
    private readonly StretchColumns usageEvents;
    private readonly StretchColumns checkpoints;
    private readonly KeyPageColumns keyPages;

    private CommitStatement(NpgsqlConnection connection)
    {
        command = new NpgsqlCommand(Sql, connection);
        snapshots = new SnapshotColumns(command);
        events = new EventColumns(command);
        directory = new DirectoryColumns(command);
        newDirectory = new DirectoryColumns(command);
        messages = new MessageColumns(command);
        documents = new DocumentColumns(command);
        usageKeys = new UsageKeyColumns(command);
        statistics = new StatisticColumns(command);
        balances = new BalanceColumns(command);
        usageEvents = new StretchColumns(command);
        checkpoints = new StretchColumns(command);
        keyPages = new KeyPageColumns(command);
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
        try
        {
            Fill(batch);
            await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
            if (!await reader.ReadAsync(CancellationToken.None)) throw new InvalidOperationException("The commit statement returned no row.");
            return await reader.IsDBNullAsync(0, CancellationToken.None)
                ? null
                : [.. await reader.GetFieldValueAsync<string[]>(0, CancellationToken.None)];
        }
        finally
        {
            // An idle lane holds on to nobody's snapshots.
            Clear();
        }
    }

    public void Dispose() => command.Dispose();

    private void Fill(ArraySegment<PendingCommit> batch)
    {
        foreach (var pending in batch)
        {
            var commit = pending.Commit;
            var place = snapshots.Add(commit, pending.Hash);
            AddHistory(commit);
            (pending.IsInsert ? newDirectory : directory).Add(commit);
            messages.Add(commit);
            documents.Add(commit);
            usageKeys.Add(commit);
            statistics.Add(commit, place);
            balances.Add(commit, place);
            keyPages.Add(commit);
        }
    }

    private void AddHistory(JournalCommit commit)
    {
        for (var index = 0; index < commit.Events.Count; index++)
        {
            var stored = commit.Events[index];
            if (stored.IsUsage) usageEvents.Add(commit.SubscriptionId, stored.Sequence, stored.At, stored.Data);
            else events.Add(commit.SubscriptionId, stored);
        }

        if (commit.Checkpoint is { } state) checkpoints.Add(commit.SubscriptionId, commit.NewVersion, commit.Events[^1].At, state);
    }

    private void Clear()
    {
        snapshots.Clear();
        events.Clear();
        directory.Clear();
        newDirectory.Clear();
        messages.Clear();
        documents.Clear();
        usageKeys.Clear();
        statistics.Clear();
        balances.Clear();
        usageEvents.Clear();
        checkpoints.Clear();
        keyPages.Clear();
    }
}
