using Npgsql;

namespace OrleansBilling.Silo.Schema;

/// <summary>Orleans' own connections to PostgreSQL. It queries rarely, so the pool is small; statements are prepared.</summary>
internal static class ClusterDatabase
{
    /// <summary>The name of the ADO.NET provider in Orleans' settings.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>The most connections of a process for members, reminders and grain state.</summary>
    public const int ConnectionsMax = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static string ConnectionString(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = true,
        MinPoolSize = 0,
        MaxPoolSize = ConnectionsMax,
        ConnectionIdleLifetime = 60,
        MaxAutoPrepare = 32,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true,
        Timeout = 2,
        CommandTimeout = 5,
        Enlist = false,
        ApplicationName = "orleans-billing-cluster",

        // The server finds the primary of several hosts. For one host, Npgsql refuses this setting.
        TargetSessionAttributes = null,
    }.ConnectionString;

    /// <summary>
    /// Opens the first connection of the pool, before Orleans does. It takes longest, because Npgsql then reads the types of the
    /// database; and Orleans, which allows it as little time as any other and tries once, would give up the start of the process.
    /// </summary>
    /// <exception cref="NpgsqlException">The database does not let anybody in, or not within 20 seconds.</exception>
    /// <exception cref="TimeoutException">It did not answer within 20 seconds.</exception>
    public static async Task ConnectAsync(string connectionString, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString(connectionString));
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (
                e is TimeoutException or NpgsqlException { IsTransient: true } && time.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Closes the pool. Orleans finds pools by their connection string and never closes them.</summary>
    public static void Close(string connectionString)
    {
        using var connection = new NpgsqlConnection(ConnectionString(connectionString));
        NpgsqlConnection.ClearPool(connection);
    }
}
