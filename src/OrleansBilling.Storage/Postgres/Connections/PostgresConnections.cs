using System.Diagnostics;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// The two sources of connections: a small pool for reads and rare writes, and dedicated connections that one owner keeps open
/// (lanes, locks). Both time out quickly if the server does not answer.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>Large, so that a batch is sent in few pieces.</summary>
    private const int LaneWriteBufferBytes = 256 * 1024;
    private const int LaneReadBufferBytes = 64 * 1024;
    private const int PreparedReadsMax = 64;

    /// <summary>The name of the connections in pg_stat_activity.</summary>
    private const string ApplicationName = "orleans-billing";

    public PostgresConnections(PostgresStorageOptions options)
    {
        Pool = Open(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = true,
            MinPoolSize = 0,
            MaxPoolSize = options.PooledConnectionsMax,
            MaxAutoPrepare = PreparedReadsMax,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            Enlist = false,
            ApplicationName = ApplicationName,
        });
        Dedicated = Open(new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = false,
            WriteBufferSize = LaneWriteBufferBytes,
            ReadBufferSize = LaneReadBufferBytes,
            TcpKeepAlive = true,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            Enlist = false,
            ApplicationName = ApplicationName,
        });
    }

    public NpgsqlDataSource Pool { get; }

    public NpgsqlDataSource Dedicated { get; }

    public async ValueTask DisposeAsync()
    {
        await Dedicated.DisposeAsync();
        await Pool.DisposeAsync();
    }

    /// <summary>
    /// Statements are traced only as part of something. The pumps alone read dozens of times a second, which would be as many
    /// traces.
    /// </summary>
    private static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder connection)
    {
        var source = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        source.ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(static _ => Activity.Current is not null)
            .ConfigureBatchFilter(static _ => Activity.Current is not null)
            .EnablePhysicalOpenTracing(false));
        return source.Build();
    }
}
