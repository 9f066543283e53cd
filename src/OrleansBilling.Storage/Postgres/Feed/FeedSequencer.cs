using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Feed;

/// <summary>
/// Gives the pages of the feed their positions, after their commits. Every process looks for pages, and the one that gets the lock
/// does the work; if it dies, nothing is placed, and another one goes on.
/// </summary>
internal sealed partial class FeedSequencer : IDisposable
{
    /// <summary>Pages placed in one transaction.</summary>
    private const int PagesMax = 1_000;

    /// <summary>The order leaves the planner no other way than the index of what waits.</summary>
    internal const string IsWaitingSql =
        "select exists (select * from (select id from feed_page where first is null order by id limit $1) as waiting)";

    internal static readonly string PlaceSql = EmbeddedSql.Read("Postgres.Feed.place.sql");

    private readonly PooledCalls pool;
    private readonly TimeProvider time;
    private readonly ILogger<FeedSequencer> logger;
    private readonly IDisposable observation;
    private long movedAt;
    private bool failing;

    public FeedSequencer(PooledCalls pool, TimeProvider time, ILogger<FeedSequencer> logger)
    {
        (this.pool, this.time, this.logger) = (pool, time, logger);
        movedAt = time.GetTimestamp();
        observation = BillingTelemetry.ObserveFeed(() => this.time.GetElapsedTime(Volatile.Read(ref movedAt)));
    }

    public void Dispose() => observation.Dispose();

    /// <summary>One round of the background loop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PlaceAsync(cancellationToken);
            failing = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            if (!failing) LogFailed(exception);
            failing = true;
        }
    }

    /// <summary>Places everything that was committed before the call. Returns the number of events placed by this process.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<int> PlaceAsync(CancellationToken cancellationToken)
    {
        var placed = 0;
        while ((await pool.ReadAsync(IsWaitingSql, [Integer(1)], static reader => reader.GetBoolean(0), cancellationToken))[0])
        {
            var rows = await pool.WriteLockedAsync(
                AdvisoryLocks.TakeAndProbeSql, [Integer(AdvisoryLocks.Space), Integer(AdvisoryLocks.PlacingFeed)], PlaceSql,
                [Integer(PagesMax)], static reader => reader.GetInt32(0), cancellationToken);
            placed += rows[0];
            Volatile.Write(ref movedAt, time.GetTimestamp());
        }

        Volatile.Write(ref movedAt, time.GetTimestamp());
        return placed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events could not be added to the feed; the next round tries again.")]
    private partial void LogFailed(Exception exception);
}
