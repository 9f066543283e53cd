using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// The one write connection. Commits queue up, and a dedicated thread writes all that arrived while the previous transaction was made
/// durable. Other writes are rare and run between two batches. Disposing writes the accepted commits and then ends the thread.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private readonly Channel<PendingCommit> queue;
    private readonly CommitGatherer gatherer;
    private readonly SqliteStatements statements;
    private readonly SqliteBatch batches;
    private readonly CommitHealth health;
    private readonly ILogger<SqliteWriter> logger;
    private readonly Lock turn = new();
    private readonly Thread thread;
    private bool disposed;

    public SqliteWriter(
        SqliteConnection connection, SqliteStorageOptions options, CommitHealth health, SqliteRebuild recount, SqliteRebuild backfill,
        ILogger<SqliteWriter> logger)
    {
        this.logger = logger;
        this.health = health;
        queue = Channel.CreateBounded<PendingCommit>(new BoundedChannelOptions(options.CommitQueueMax) { SingleReader = true });
        gatherer = new CommitGatherer(queue.Reader, options.CommitBatchMax);
        statements = new SqliteStatements(connection);
        batches = new SqliteBatch(statements, recount, backfill, logger);
        thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        thread.Start();
    }

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        var pending = new PendingCommit(commit, SubscriptionHash.Of(commit.SubscriptionId));
        if (!queue.Writer.TryWrite(pending)) return new ValueTask<CommitOutcome>(CommitOutcome.Unavailable);
        PendingCommit.CountWaiting();
        return new ValueTask<CommitOutcome>(pending.Task);
    }

    /// <summary>Runs a small write in its own transaction, on the caller's thread, between two batches.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be used, or the storage is closed.</exception>
    public TResult Write<TResult>(Func<SqliteStatements, TResult> write) => Write(write, static () => { });

    private TResult Write<TResult>(Func<SqliteStatements, TResult> write, Action undone)
    {
        lock (turn)
        {
            if (disposed) throw SqliteFaults.Unavailable(null);
            try
            {
                return statements.WriteAsOne(write);
            }
            catch (Exception exception)
            {
                undone();
                if (exception is SqliteException fault && SqliteFaults.IsUnavailable(fault)) throw SqliteFaults.Unavailable(exception);
                throw;
            }
        }
    }

    /// <summary>The same for a write that also changes counters, in the way commits do.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be used, or the storage is closed.</exception>
    public TResult WriteCounting<TResult>(Func<SqliteStatements, SqliteCounters, TResult> write) =>
        Write(_ => batches.WriteCounting(counters => write(statements, counters)), batches.ForgetCounters);

    private void Run()
    {
        while (gatherer.HasHeld || WaitForCommits())
        {
            lock (turn) WriteBatch(gatherer.Gather());
            gatherer.Release();
        }
    }

    private bool WaitForCommits() => queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private void WriteBatch(ArraySegment<PendingCommit> batch)
    {
        using var span = BatchSpan.Begin(batch);
        try
        {
            var losers = batches.Write(batch);
            health.Taken();
            foreach (var pending in batch) pending.Settle(losers.Contains(pending) ? CommitOutcome.Conflict : CommitOutcome.Committed);
        }
        catch (Exception exception)
        {
            Fail(batch, exception);
        }
    }

    private void Fail(ArraySegment<PendingCommit> batch, Exception exception)
    {
        if (batches.FailedAtCommit)
        {
            LogLost(exception, batch.Count);
            health.Refused();
            Settle(batch, CommitOutcome.Unknown);
        }
        else if (!SqliteFaults.IsAboutData(exception))
        {
            LogFileFault(exception, batch.Count);
            health.Refused();
            Settle(batch, CommitOutcome.Unavailable);
        }
        else if (batch.Count == 1)
        {
            LogRefused(exception, batch[0].Commit.SubscriptionId, batch[0].Commit.NewVersion);
            Settle(batch, CommitOutcome.Refused);
        }
        else
        {
            // Halve the batch until the bad commit stands alone, so only that one fails.
            WriteBatch(batch[..(batch.Count / 2)]);
            WriteBatch(batch[(batch.Count / 2)..]);
        }
    }

    private static void Settle(ArraySegment<PendingCommit> batch, CommitOutcome outcome)
    {
        foreach (var pending in batch) pending.Settle(outcome);
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
        lock (turn)
        {
            disposed = true;
            statements.Dispose();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "SQLite refused the commit of subscription {SubscriptionId} at version {Version}; nothing of it was written.")]
    private partial void LogRefused(Exception exception, string subscriptionId, long version);

    [LoggerMessage(Level = LogLevel.Error, Message = "SQLite cannot write; {Commits} commits were not written.")]
    private partial void LogFileFault(Exception exception, int commits);

    [LoggerMessage(Level = LogLevel.Error, Message = "SQLite failed to commit {Commits} commits; whether they are durable is unknown.")]
    private partial void LogLost(Exception exception, int commits);
}
