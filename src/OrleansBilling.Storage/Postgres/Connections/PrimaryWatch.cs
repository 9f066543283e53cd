using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// Knows which of several servers is the primary. It asks all of them once a second: the primary is the one that is not a standby,
/// and if two say so, the one on the higher timeline (see <see cref="TimelineFence"/>). So an old primary that is started again is
/// never chosen, whatever the order of the servers, and after a promotion everyone moves to the new one, even if the old one still
/// runs. Npgsql can also choose among hosts, but it takes the first primary and keeps trying hosts that do not answer.
/// </summary>
internal sealed partial class PrimaryWatch : IAsyncDisposable
{
    /// <summary>How often the servers are asked at a start before it fails. A busy machine may be slow to answer.</summary>
    private const int FirstLooksMax = 3;

    /// <summary>How often the servers are asked.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Candidate[] candidates;
    private readonly TimelineFence fence;
    private readonly TimeProvider time;
    private readonly Action<PrimaryTerm> begin;
    private readonly ILogger<PrimaryWatch> logger;
    private readonly Lock gate = new();
    private readonly List<BackgroundLoop> asking = [];
    private HostConnections? primary;

    /// <param name="begin">Called when a server has become the primary.</param>
    public PrimaryWatch(
        IEnumerable<HostConnections> servers, TimelineFence fence, TimeProvider time, Action<PrimaryTerm> begin,
        ILogger<PrimaryWatch> logger)
    {
        candidates = [.. servers.Select(server => new Candidate(server, time))];
        this.fence = fence;
        this.time = time;
        this.begin = begin;
        this.logger = logger;
    }

    /// <summary>Finds the primary, then keeps watching.</summary>
    /// <exception cref="NpgsqlException">No server is the primary.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var look = 0; look < FirstLooksMax && primary is null; look++)
        {
            await Task.WhenAll(candidates.Select(candidate => candidate.AskAsync(cancellationToken)));
            Choose();
        }

        if (primary is null)
        {
            var reasons = string.Join("; ", candidates.Select(candidate => $"{candidate.Server.Name}: {candidate.Reason}"));
            throw new NpgsqlException($"No server is the primary ({reasons}).");
        }

        // Each on its own, so that one that hangs does not delay the news of another.
        foreach (var candidate in candidates)
            asking.Add(new BackgroundLoop(Interval, time, async stopping =>
            {
                await candidate.AskAsync(stopping);
                Choose();
            }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var loop in asking) await loop.DisposeAsync();
    }

    private void Choose()
    {
        lock (gate)
        {
            var best = candidates.Where(one => one.Timeline > 0)
                .OrderByDescending(one => one.Timeline).ThenByDescending(one => one.Server == primary).FirstOrDefault();
            if (best is not null && fence.Admits(best.Timeline)) Take(best);
            foreach (var candidate in candidates)
                if (candidate.IsNewlyReplacedBy(fence.Highest)) LogReplaced(candidate.Server.Name, candidate.Timeline, fence.Highest);
        }
    }

    private void Take(Candidate best)
    {
        if (best.Server == primary) return;
        primary = best.Server;
        LogPrimary(best.Server.Name, best.Timeline);
        begin(new PrimaryTerm(best.Server));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} is the primary, on timeline {Timeline}.")]
    private partial void LogPrimary(string server, int timeline);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Server} says it is a primary, but its timeline {Timeline} has ended: {Highest} has begun. It is not used. Stop it.")]
    private partial void LogReplaced(string server, int timeline, int highest);
}
