using Npgsql;

namespace OrleansBilling.Silo.Schema;

/// <summary>Orleans' own connections to PostgreSQL. It queries rarely, so the pool is small; statements are prepared.</summary>
internal static class ClusterDatabase
{
    /// <summary>The name of the ADO.NET provider in Orleans' settings.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>The most connections of a process for members, reminders and grain state.</summary>
    public const int ConnectionsMax = 4;

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

    /// <summary>Closes the pool. Orleans finds pools by their connection string and never closes them.</summary>
    public static void Close(string connectionString)
    {
        using var connection = new NpgsqlConnection(ConnectionString(connectionString));
        NpgsqlConnection.ClearPool(connection);
    }
}
