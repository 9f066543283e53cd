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
    /// <summary>How often the servers are asked. Each question takes at most a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly (HostConnections Server, NpgsqlDataSource Probe)[] servers;
    private readonly TimelineFence fence;
    private readonly TimeProvider time;
    private readonly Action<PrimaryTerm> begin;
    private readonly ILogger<PrimaryWatch> logger;
    private readonly HashSet<HostConnections> refused = [];
    private HostConnections? primary;
    private BackgroundLoop? asking;

    /// <param name="begin">Called when a server has become the primary.</param>
    public PrimaryWatch(
        IEnumerable<HostConnections> servers, TimelineFence fence, TimeProvider time, Action<PrimaryTerm> begin,
        ILogger<PrimaryWatch> logger)
    {
        this.servers = [.. servers.Select(server => (server, server.OpenProbe()))];
        this.fence = fence;
        this.time = time;
        this.begin = begin;
        this.logger = logger;
    }

    /// <summary>Finds the primary, then keeps watching.</summary>
    /// <exception cref="NpgsqlException">No server is the primary.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var answers = await AskAsync(cancellationToken);
        if (primary is null)
        {
            var reasons = string.Join("; ", answers.Select(answer => $"{answer.Server.Name}: {answer.Reason}"));
            throw new NpgsqlException($"No server is the primary ({reasons}).");
        }

        asking = new BackgroundLoop(Interval, time, AskAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (asking is not null) await asking.DisposeAsync();
    }

    private async Task<Answer[]> AskAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(servers.Select(server => AskAsync(server.Server, server.Probe, cancellationToken)));
        var claims = answers.Where(answer => answer.Timeline > 0).ToList();
        var best = claims.OrderByDescending(claim => claim.Timeline).ThenByDescending(claim => claim.Server == primary).FirstOrDefault();
        if (best is not null && fence.Admits(best.Timeline)) Take(best);
        foreach (var answer in answers)
        {
            var isReplaced = answer.Timeline > 0 && answer.Timeline < fence.Highest;
            if (!isReplaced) refused.Remove(answer.Server);
            else if (refused.Add(answer.Server)) LogReplaced(answer.Server.Name, answer.Timeline, fence.Highest);
        }

        return answers;
    }

    private static async Task<Answer> AskAsync(HostConnections server, NpgsqlDataSource probe, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = probe.CreateCommand(TimelineFence.TimelineSql);
            var timeline = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
            return new Answer(server, timeline, timeline == 0 ? "a standby" : "a primary");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return new Answer(server, 0, e.Message);
        }
    }

    private void Take(Answer best)
    {
        if (best.Server == primary) return;
        primary = best.Server;
        LogPrimary(best.Server.Name, best.Timeline);
        begin(new PrimaryTerm(best.Server));
    }

    private sealed record Answer(HostConnections Server, int Timeline, string Reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} is the primary, on timeline {Timeline}.")]
    private partial void LogPrimary(string server, int timeline);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Server} says it is a primary, but its timeline {Timeline} has ended: {Highest} has begun. It is not used. Stop it.")]
    private partial void LogReplaced(string server, int timeline, int highest);
}
