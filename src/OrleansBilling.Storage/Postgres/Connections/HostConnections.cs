using System.Diagnostics;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// The connections to one server: a small pool for reads and rare writes, dedicated connections that one owner keeps open (lanes,
/// locks), and one to ask whether it is the primary. All time out quickly if the server does not answer.
/// </summary>
internal sealed class HostConnections : IAsyncDisposable
{
    /// <summary>Large, so that a batch is sent in few pieces.</summary>
    private const int LaneWriteBufferBytes = 256 * 1024;
    private const int LaneReadBufferBytes = 64 * 1024;
    private const int PreparedReadsMax = 64;

    /// <summary>
    /// A call that timed out ends by closing its connection, not by waiting for the server to cancel it: a commit that waits for
    /// the synchronous replica ends with success when it is canceled, though only this server has it.
    /// </summary>
    private const int NoWaitForCancel = -1;

    /// <summary>For the connection that asks whether this is the primary.</summary>
    private const int ProbeSecondsMax = 2;

    /// <summary>The name of the connections in pg_stat_activity.</summary>
    private const string ApplicationName = "orleans-billing";

    private readonly string connectionString;
    private readonly SessionSetup setup;
    private readonly List<NpgsqlDataSource> sources = [];

    /// <param name="connectionString">Names one host.</param>
    public HostConnections(string connectionString, PostgresStorageOptions options, SessionSetup setup)
    {
        this.connectionString = connectionString;
        this.setup = setup;
        var named = new NpgsqlConnectionStringBuilder(connectionString);
        Name = named.Host!.Contains(':', StringComparison.Ordinal) ? named.Host : $"{named.Host}:{named.Port}";
        Pool = Add(plain => Timed(plain, options, connection =>
        {
            connection.Pooling = true;
            connection.MinPoolSize = 0;
            connection.MaxPoolSize = options.PooledConnectionsMax;
            connection.MaxAutoPrepare = PreparedReadsMax;
            connection.AutoPrepareMinUsages = 2;
            connection.NoResetOnClose = true;

            // Npgsql would cancel what takes longer. A write that waits for the replica must not be: see PatientWrites.
            connection.CommandTimeout = 0;
        }));
        Dedicated = Add(plain => Timed(plain, options, connection =>
        {
            connection.Pooling = false;
            connection.WriteBufferSize = LaneWriteBufferBytes;
            connection.ReadBufferSize = LaneReadBufferBytes;
            connection.TcpKeepAlive = true;
        }));
    }

    /// <summary>Host and port.</summary>
    public string Name { get; }

    public NpgsqlDataSource Pool { get; }

    public NpgsqlDataSource Dedicated { get; }

    /// <summary>Adds a source of connections to this server with settings of its own. It is closed with the others.</summary>
    public NpgsqlDataSource Add(Func<string, string> settings)
    {
        var source = new NpgsqlDataSourceBuilder(settings(connectionString));
        TraceOnlyParts(source);
        setup.AddTo(source);
        var built = source.Build();
        sources.Add(built);
        return built;
    }

    /// <summary>One connection that is kept open. It may reach any server, also one that was replaced.</summary>
    public NpgsqlDataSource OpenProbe()
    {
        var probe = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = true, MinPoolSize = 0, MaxPoolSize = 1, Timeout = ProbeSecondsMax, CommandTimeout = ProbeSecondsMax,
            CancellationTimeout = NoWaitForCancel, NoResetOnClose = true, Enlist = false, ApplicationName = ApplicationName + "-watch",
        });
        sources.Add(probe);
        return probe;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources) await source.DisposeAsync();
    }

    private static string Timed(string plain, PostgresStorageOptions options, Action<NpgsqlConnectionStringBuilder> more)
    {
        var connection = new NpgsqlConnectionStringBuilder(plain)
        {
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            CancellationTimeout = NoWaitForCancel,
            Enlist = false,
            ApplicationName = ApplicationName,
        };
        more(connection);
        return connection.ConnectionString;
    }

    /// <summary>
    /// Statements are traced only as part of something. The pumps alone read dozens of times a second, which would be as many
    /// traces.
    /// </summary>
    private static void TraceOnlyParts(NpgsqlDataSourceBuilder source) => source.ConfigureTracing(tracing => tracing
        .ConfigureCommandFilter(static _ => Activity.Current is not null)
        .ConfigureBatchFilter(static _ => Activity.Current is not null)
        .EnablePhysicalOpenTracing(false));
}
