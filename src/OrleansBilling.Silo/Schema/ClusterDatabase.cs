using Npgsql;

namespace OrleansBilling.Silo.Schema;

/// <summary>How Orleans itself connects to PostgreSQL: seldom and little, so through a small pool, with prepared statements.</summary>
internal static class ClusterDatabase
{
    /// <summary>The provider's name in Orleans' settings.</summary>
    public const string Invariant = "Npgsql";

    private const int ConnectionsMax = 8;

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
    }.ConnectionString;

    /// <summary>Closes what Orleans left open: it knows pools only by their connection strings, and never closes one.</summary>
    public static void Close(string connectionString)
    {
        using var connection = new NpgsqlConnection(ConnectionString(connectionString));
        NpgsqlConnection.ClearPool(connection);
    }
}
