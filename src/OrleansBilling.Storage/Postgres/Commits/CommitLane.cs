using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.Statistics;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>
/// Writes commits in batches. If the server refuses a batch because of its data, or because another transaction is in the way, the
/// lane halves the batch until the bad commit stands alone, so only that one fails. If the connection breaks in flight, the
/// outcome of the whole batch is unknown.
/// </summary>
internal sealed partial class CommitLane : Lane<PendingCommit>
{
    /// <summary>One plan for all batches: probe indexes (see the statement) and avoid sorting on disk.</summary>
    internal const string SessionSettings =
        """
        set plan_cache_mode = force_generic_plan;
        set enable_seqscan = off;
        set enable_bitmapscan = off;
        set work_mem = '32MB';
        select pg_backend_pid();
        """;

    /// <summary>Looks without an answer after which a statement is given up, if it was never seen to wait for the replica.</summary>
    private const int UnclearLooksMax = 3;

    /// <summary>How often a commit that waits for the synchronous replica is looked at.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly CommitGatherer gatherer;
    private readonly CommitHealth health;
    private readonly ILogger<CommitLane> logger;
    private readonly StatisticNames names;
    private readonly TimeSpan commandTimeout;
    private readonly TimeSpan connectTimeout;
    private CommitStatement? statement;
    private int session;

    public CommitLane(
        PostgresConnections connections, PostgresStorageOptions options, StatisticNames names, TimeProvider timeProvider,
        CommitHealth health, ILogger<CommitLane> logger)
        : base(connections, options, options.CommitQueueMax, timeProvider, logger)
    {
        this.logger = logger;
        this.health = health;
        this.names = names;
        commandTimeout = options.CommandTimeout;
        connectTimeout = options.ConnectTimeout;
        gatherer = new CommitGatherer(Queue, options.CommitBatchMax);
    }

    protected override bool HasHeld => gatherer.HasHeld;

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, ulong hash)
    {
        var pending = new PendingCommit(commit, hash);
        if (!TryEnqueue(pending)) return new ValueTask<CommitOutcome>(CommitOutcome.Unavailable);
        PendingCommit.CountWaiting();
        return new ValueTask<CommitOutcome>(pending.Task);
    }

    protected override async Task PrepareAsync(NpgsqlConnection opened, CancellationToken cancellationToken)
    {
        await using (var settings = new NpgsqlCommand(SessionSettings, opened))
            session = (int)(await settings.ExecuteScalarAsync(cancellationToken))!;
        statement?.Dispose();
        statement = await CommitStatement.PrepareAsync(opened, names, cancellationToken);
    }

    protected override async Task<bool> ExecuteBatchAsync(NpgsqlConnection opened)
    {
        var good = await WriteAsync(gatherer.Gather(), opened);
        gatherer.Release();
        return good;
    }

    protected override void RefuseWaiting(Exception cause)
    {
        health.Lost();
        do Settle(gatherer.Gather(), CommitOutcome.Unavailable);
        while (gatherer.HasHeld || Queue.TryPeek(out _));
        gatherer.Release();
    }

    private async Task<bool> WriteAsync(ArraySegment<PendingCommit> batch, NpgsqlConnection opened)
    {
        using var span = BatchSpan.Begin(batch);
        var writing = statement!.ExecuteAsync(batch, End.Token);
        try
        {
            var winners = await writing.WaitAsync(commandTimeout, Time);
            health.Taken();
            foreach (var pending in batch)
                pending.Settle(
                    winners is null || winners.Contains(pending.Commit.SubscriptionId) ? CommitOutcome.Committed : CommitOutcome.Conflict);
            return true;
        }
        catch (TimeoutException exception) when (!writing.IsCompleted)
        {
            LogSlow(exception, batch.Count);
            health.Lost();
            Settle(batch, CommitOutcome.Unknown);
            return await OutlastAsync(writing);
        }
        catch (Exception exception)
        {
            return await FailAsync(batch, opened, exception);
        }
    }

    /// <summary>
    /// Ends a statement that takes too long; its batch is settled. One that waits for the synchronous replica is not ended: the lane
    /// waits with it and refuses everything else. Returns whether the connection is still usable.
    /// </summary>
    private async Task<bool> OutlastAsync(Task writing)
    {
        Refuse(true);
        var (waited, unclear) = (false, 0);
        while (await WaitsForReplicaAsync() is var waits && waits != false)
        {
            // A look that fails says nothing. Only a server that never said that it waits is given up after some.
            waited |= waits == true;
            if (waits is null && !waited && ++unclear == UnclearLooksMax) break;
            health.Refused();
            while (Queue.TryRead(out var waiting)) waiting.Settle(CommitOutcome.Unavailable);
            if (await Task.WhenAny(writing, Task.Delay(LookInterval, Time)) == writing) break;
            if (!IsStopping) continue;
            LeaveConnection();
            return false;
        }

        if (!writing.IsCompleted) End.Cancel();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Refuse(false);
        if (writing.IsCompletedSuccessfully) health.Taken();
        return writing.IsCompletedSuccessfully;
    }

    private async Task<bool?> WaitsForReplicaAsync()
    {
        if (End.HasCome) return false;
        using var deadline = new CancellationTokenSource(connectTimeout, Time);
        return await ReplicaWait.IsOnAsync(Server, session, deadline.Token);
    }

    private async Task<bool> FailAsync(ArraySegment<PendingCommit> batch, NpgsqlConnection opened, Exception exception)
    {
        switch (PostgresFaults.Classify(exception, opened))
        {
            case PostgresFault.Data or PostgresFault.Contention when batch.Count > 1:
                var half = batch.Count / 2;
                if (await WriteAsync(batch[..half], opened)) return await WriteAsync(batch[half..], opened);
                Settle(batch[half..], CommitOutcome.Unavailable);
                return false;
            case PostgresFault.Data:
                LogRefused(exception, batch[0].Commit.SubscriptionId, batch[0].Commit.NewVersion);
                Settle(batch, CommitOutcome.Refused);
                return true;
            case PostgresFault.Contention:
                LogContention(exception, batch[0].Commit.SubscriptionId);
                Settle(batch, CommitOutcome.Unavailable);
                return true;
            case PostgresFault.Server:
                LogServerFault(exception, batch.Count);
                health.Refused();
                Settle(batch, CommitOutcome.Unavailable);
                return false;
            default:
                LogLost(exception, batch.Count);
                health.Lost();
                Settle(batch, CommitOutcome.Unknown);
                return false;
        }
    }

    private static void Settle(ArraySegment<PendingCommit> batch, CommitOutcome outcome)
    {
        foreach (var pending in batch) pending.Settle(outcome);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "PostgreSQL refused the commit of subscription {SubscriptionId} at version {Version}; nothing of it was written.")]
    private partial void LogRefused(Exception exception, string subscriptionId, long version);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Another transaction was in the way of the commit of subscription {SubscriptionId}; nothing of it was written.")]
    private partial void LogContention(Exception exception, string subscriptionId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Commits} commits take too long; whether they are durable is unknown. If the synchronous replica is lost, nothing is " +
            "acknowledged until it is back, or until synchronous_standby_names names another.")]
    private partial void LogSlow(Exception exception, int commits);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL cannot write; {Commits} commits were not written.")]
    private partial void LogServerFault(Exception exception, int commits);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The connection broke with {Commits} commits in flight; whether they are durable is unknown.")]
    private partial void LogLost(Exception exception, int commits);
}
