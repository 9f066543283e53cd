using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Writes a batch of commits in one transaction. It checks the version of each row and skips losers. It sums the winners' changes of
/// statistics and balances in memory and writes each counter and balance once.
/// </summary>
internal sealed class SqliteBatch
{
    private const string UpdateSql =
        """
        update subscription
        set version = $1, due_at = $2, status = coalesce($3, status), state = cast($4 as text),
          counted = case when counted = $6 then $1 else counted end, fed = case when fed = $6 then $1 else fed end
        where id = $5 and version = $6
        """;

    private const string InsertSql =
        """
        insert into subscription (id, version, counted, fed, due_at, status, state)
        values ($1, $2, $2, $2, $3, $4, cast($5 as text)) on conflict do nothing
        """;

    private const string CountsSql = "select counted = version from subscription where id = $1";

    private const string FeedsSql = "select fed = version from subscription where id = $1";

    private const string EventSql =
        "insert into event (subscription_id, sequence, at, type, data) values ($1, $2, $3, $4, cast($5 as text))";

    private const string UsageEventSql =
        "insert into usage_event (subscription_id, sequence, at, data) values ($1, $2, $3, cast($4 as text))";

    private const string DirectorySql =
        """
        insert into directory (id, seller_id, product_id, plan_id, offer_id, customer_id) values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set seller_id = $2, product_id = $3, plan_id = $4, offer_id = $5, customer_id = $6
        where offer_id <> $5 or plan_id <> $4 or product_id <> $3 or seller_id <> $2 or customer_id <> $6
        """;

    private const string MessageSql =
        "insert into outbox (subscription_id, sequence, type, seller_id, at, data) values ($1, $2, $3, $4, $5, cast($6 as text))";

    private const string DocumentSql =
        "insert into document_waiting (subscription_id, kind, ordinal, seller_id) values ($1, $2, $3, $4)";

    private const string CountedKeySql = "insert into usage_key (subscription_id, key, day) values ($1, $2, $3)";

    private const string SentMessageSql =
        "insert into subscription_message (subscription_id, sequence, id, sender, at, text) values ($1, $2, $3, $4, $5, $6)";

    private const string KeyPageSql = "insert into key_page (subscription_id, version, data) values ($1, $2, cast($3 as text))";

    private const string KeyPagesExpiredSql = "delete from key_page where subscription_id = $1 and version <= $2";

    internal const string ListNoteSql = "insert into list_note (subscription_id) values ($1)";

    private readonly SqliteCounters counters;
    private readonly SqliteBalanceSums balances;
    private readonly List<PendingCommit> losers = [];
    private readonly SqliteStatements statements;
    private readonly SqliteRebuild recount;
    private readonly SqliteRebuild backfill;

    public SqliteBatch(SqliteStatements statements, SqliteRebuild recount, SqliteRebuild backfill, ILogger logger)
    {
        this.statements = statements;
        this.recount = recount;
        this.backfill = backfill;
        var setAside = new SqliteSetAside(statements, logger);
        counters = new SqliteCounters(statements, setAside);
        balances = new SqliteBalanceSums(statements, setAside);
    }

    /// <summary>Whether the last failure happened during the commit itself, so it is unknown whether the batch is durable.</summary>
    public bool FailedAtCommit { get; private set; }

    /// <summary>Writes a batch and returns the losers: commits whose expected version was not the stored one.</summary>
    public IReadOnlyList<PendingCommit> Write(ArraySegment<PendingCommit> batch)
    {
        FailedAtCommit = false;
        try
        {
            statements.WriteAsOne(_ => WriteRows(batch));
        }
        catch
        {
            counters.Forget();
            balances.Forget();
            throw;
        }

        FailedAtCommit = false;
        return losers;
    }

    /// <summary>Clears what the counters cached in a transaction that was rolled back.</summary>
    public void ForgetCounters() => counters.Forget();

    /// <summary>
    /// Writes counters that come without a commit. Runs inside a transaction, between two batches. If it fails, call
    /// <see cref="ForgetCounters"/>.
    /// </summary>
    public TResult WriteCounting<TResult>(Func<SqliteCounters, TResult> write)
    {
        counters.Clear();
        var result = write(counters);
        counters.Write();
        return result;
    }

    private int WriteRows(ArraySegment<PendingCommit> batch)
    {
        losers.Clear();
        counters.Clear();
        balances.Clear();
        foreach (var pending in batch)
        {
            if (TryWriteSnapshot(pending.Commit)) WriteRest(pending.Commit);
            else losers.Add(pending);
        }

        counters.Write();
        balances.Write();
        FailedAtCommit = true;
        return batch.Count - losers.Count;
    }

    private bool TryWriteSnapshot(JournalCommit commit)
    {
        object? dueAt = commit.DueAt?.ToUnixTimeMilliseconds();
        var status = commit.Directory is { } entry ? StoredNames.Of(entry.Status) : null;
        return commit.ExpectedVersion == 0
            ? statements.Write(InsertSql, commit.SubscriptionId, commit.NewVersion, dueAt, status, commit.State) == 1
            : statements.Write(
                UpdateSql, commit.NewVersion, dueAt, status, commit.State, commit.SubscriptionId, commit.ExpectedVersion) == 1;
    }

    private void WriteRest(JournalCommit commit)
    {
        foreach (var stored in commit.Events) WriteEvent(commit.SubscriptionId, stored);
        if (commit.Checkpoint is { } state)
            SqliteHistory.Write(statements, commit.SubscriptionId, new Checkpoint(commit.NewVersion, commit.Events[^1].At, state));
        if (commit.Directory is { } entry)
            statements.Write(
                DirectorySql, commit.SubscriptionId, entry.SellerId, entry.ProductId, entry.PlanId, entry.OfferId, entry.CustomerId);
        if (commit.Customer is { } named) SqliteCustomers.Name(statements, named);
        foreach (var message in commit.Messages)
            statements.Write(
                MessageSql, commit.SubscriptionId, message.Sequence, message.Type, message.SellerId, message.At.ToUnixTimeMilliseconds(),
                message.Data);
        foreach (var document in commit.Documents)
            statements.Write(DocumentSql, commit.SubscriptionId, (int)document.Kind, document.Ordinal, document.SellerId);
        if (commit.Message is { } sent)
            statements.Write(
                SentMessageSql, commit.SubscriptionId, sent.Sequence, sent.Id, (int)sent.From, sent.At.ToUnixTimeMilliseconds(), sent.Text);
        foreach (var stored in commit.Texts) SqliteSubscriptionTexts.Write(statements, stored);
        WriteUsageKeys(commit);
        if (commit.KeyPagesExpired is { } version) statements.Write(KeyPagesExpiredSql, commit.SubscriptionId, version);
        if (commit.KeyPage is { } page) statements.Write(KeyPageSql, commit.SubscriptionId, page.Version, page.Data);
        if (commit.ChangesLists) statements.Write(ListNoteSql, commit.SubscriptionId);
        AddToSums(commit);
        WriteFeed(commit);
    }

    private void WriteEvent(string subscriptionId, in StoredEvent stored)
    {
        var at = stored.At.ToUnixTimeMilliseconds();
        if (stored.IsUsage) statements.Write(UsageEventSql, subscriptionId, stored.Sequence, at, stored.Data);
        else statements.Write(EventSql, subscriptionId, stored.Sequence, at, stored.Type, stored.Data);
    }

    private void WriteUsageKeys(JournalCommit commit)
    {
        if (commit.UsageKeys.Count == 0) return;
        var day = UsageKeySql.DayOf(commit.Events[^1].At);
        foreach (var key in commit.UsageKeys) statements.Write(CountedKeySql, commit.SubscriptionId, key, day);
    }

    private void AddToSums(JournalCommit commit)
    {
        // A recount in progress will count the events of some commits itself; do not count those twice. See script 0020.
        if (!recount.IsUnderWay || statements.Read(CountsSql, [commit.SubscriptionId], static reader => reader.GetBoolean(0))[0])
            counters.Add(commit.Deltas);
        balances.Add(commit.Balances);
    }

    private void WriteFeed(JournalCommit commit)
    {
        if (commit.Feed.Count == 0) return;

        // A backfill in progress will add the events of some commits itself. See script 0038.
        if (backfill.IsUnderWay && !statements.Read(FeedsSql, [commit.SubscriptionId], static reader => reader.GetBoolean(0))[0]) return;
        foreach (var fed in commit.Feed) SqliteFeedBackfill.Insert(statements, commit.SubscriptionId, fed);
    }
}
