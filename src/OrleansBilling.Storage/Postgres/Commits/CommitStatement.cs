using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Postgres.Statistics;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>
/// The one statement that writes a batch, prepared once per connection. Its column lists are reused, so a batch allocates almost
/// nothing. Not thread-safe; owned by one lane.
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
    private readonly FeedColumns feed;
    private readonly ArrayParameter<string> listNotes;
    private readonly CustomerColumns customers;
    private readonly ArrayParameter<int> usageDays;
    private readonly SentMessageColumns sentMessages;
    private readonly TextColumns texts;
    private readonly StatisticNames names;
    private readonly NpgsqlConnection connection;

    private CommitStatement(NpgsqlConnection connection, StatisticNames names)
    {
        this.connection = connection;
        this.names = names;
        // The lane limits the time. It cannot be done by canceling: see ReplicaWait.
        command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
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
        feed = new FeedColumns(command);
        listNotes = new ArrayParameter<string>(command, NpgsqlDbType.Text);
        customers = new CustomerColumns(command);
        usageDays = new ArrayParameter<int>(command, NpgsqlDbType.Integer);
        sentMessages = new SentMessageColumns(command);
        texts = new TextColumns(command);
    }

    public static async Task<CommitStatement> PrepareAsync(
        NpgsqlConnection connection, StatisticNames names, CancellationToken cancellationToken)
    {
        var statement = new CommitStatement(connection, names);
        await statement.command.PrepareAsync(cancellationToken);
        return statement;
    }

    /// <summary>
    /// Writes a batch. Returns null if every commit won, otherwise the subscription ids of the winners. If the connection is to end
    /// meanwhile, the outcome is unknown even if the server answers with success.
    /// </summary>
    public async Task<HashSet<string>?> ExecuteAsync(ArraySegment<PendingCommit> batch, CancellationToken connectionEnds)
    {
        try
        {
            Fill(batch, await names.NumbersOfAsync(NamesIn(batch), connection, connectionEnds));
            var winners = await ReadWinnersAsync(connectionEnds);
            connectionEnds.ThrowIfCancellationRequested();
            return winners;
        }
        finally
        {
            // Do not keep snapshots alive while the lane is idle.
            Clear();
        }
    }

    public void Dispose() => command.Dispose();

    private async Task<HashSet<string>?> ReadWinnersAsync(CancellationToken connectionEnds)
    {
        await using var reader = await command.ExecuteReaderAsync(connectionEnds);
        if (!await reader.ReadAsync(connectionEnds)) throw new InvalidOperationException("The commit statement returned no row.");
        return await reader.IsDBNullAsync(0, connectionEnds)
            ? null
            : [.. await reader.GetFieldValueAsync<string[]>(0, connectionEnds)];
    }

    private void Fill(ArraySegment<PendingCommit> batch, IReadOnlyDictionary<string, int> numbers)
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
            AddUsageDays(commit);
            sentMessages.Add(commit);
            texts.Add(commit);
            statistics.Add(commit, place, numbers);
            balances.Add(commit, place);
            keyPages.Add(commit);
            feed.Add(commit);
            if (commit.ChangesLists) listNotes.Add(commit.SubscriptionId);
            customers.Add(commit);
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

    /// <summary>Each usage key has the day of its event.</summary>
    private void AddUsageDays(JournalCommit commit)
    {
        if (commit.UsageKeys.Count == 0) return;
        var day = UsageKeySql.DayOf(commit.Events[^1].At);
        for (var index = 0; index < commit.UsageKeys.Count; index++) usageDays.Add(day);
    }

    /// <summary>The names that the batch's counters need, or null; most commits need none.</summary>
    private static HashSet<string>? NamesIn(ArraySegment<PendingCommit> batch)
    {
        HashSet<string>? names = null;
        foreach (var pending in batch)
        {
            var deltas = pending.Commit.Deltas;
            for (var n = 0; n < deltas.Count; n++)
            {
                if (deltas[n].Name is { } name) (names ??= new(StringComparer.Ordinal)).Add(name);
            }
        }

        return names;
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
        feed.Clear();
        listNotes.Clear();
        customers.Clear();
        usageDays.Clear();
        sentMessages.Clear();
        texts.Clear();
    }
}
