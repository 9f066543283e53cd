using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// The connections to the primary. With several servers in the connection string, a watch finds the primary and follows a promotion;
/// ask for the source each time, so that a connection is to the primary of that moment.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private readonly TimelineFence fence = new();
    private readonly HostConnections[] servers;
    private readonly PrimaryWatch? watch;
    private readonly List<Action<HostConnections>> followers = [];
    private readonly Lock gate = new();
    private volatile PrimaryTerm term;

    private PostgresConnections(PostgresStorageOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        string[] hosts = [.. PostgresHosts.Of(options.ConnectionString)];
        var setup = new SessionSetup(hosts.Length > 1 ? fence : null);
        servers = [.. hosts.Select(host => new HostConnections(host, options, setup))];
        term = new PrimaryTerm(servers[0]);
        if (servers.Length > 1) watch = new PrimaryWatch(servers, fence, time, Begin, loggers.CreateLogger<PrimaryWatch>());
    }

    /// <summary>Whether the connection string names several servers.</summary>
    public bool AreSeveral => watch is not null;

    /// <summary>The primary of this moment.</summary>
    public PrimaryTerm Term => term;

    /// <summary>For reads and rare writes.</summary>
    public NpgsqlDataSource Pool => term.Server.Pool;

    /// <summary>For connections that one owner keeps open.</summary>
    public NpgsqlDataSource Dedicated => term.Server.Dedicated;

    /// <summary>Finds the primary of several servers, and checks that what is between here and there can be used.</summary>
    /// <exception cref="NpgsqlException">No server is the primary, or it does not answer.</exception>
    /// <exception cref="NotSupportedException">A pooler is in between that cannot be used.</exception>
    public static async Task<PostgresConnections> OpenAsync(
        PostgresStorageOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var connections = new PostgresConnections(options, time, loggers);
        try
        {
            if (connections.watch is { } watch) await watch.StartAsync(cancellationToken);
            await PoolerCheck.RefuseSharedSessionsAsync(connections.Dedicated, cancellationToken);
            return connections;
        }
        catch
        {
            await connections.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a source of connections with settings of its own to <paramref name="use"/>, now and for each later primary.</summary>
    /// <param name="settings">Makes a connection string from that of a server.</param>
    public void Follow(Func<string, string> settings, Action<NpgsqlDataSource> use)
    {
        var sources = servers.ToDictionary(server => server, server => server.Add(settings));
        lock (gate)
        {
            followers.Add(server => use(sources[server]));
            use(sources[term.Server]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (watch is not null) await watch.DisposeAsync();
        foreach (var server in servers) await server.DisposeAsync();
        term.Dispose();
    }

    private void Begin(PrimaryTerm next)
    {
        lock (gate)
        {
            var last = term;
            term = next;
            foreach (var follower in followers) follower(next.Server);

            // Its idle connections would be kept. Those in use end with the term.
            last.Server.Pool.Clear();
            last.End();
        }
    }
}
