using OrleansBilling.Silo.Schema;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Server.Settings;

/// <summary>
/// The most connections that a process opens to PostgreSQL, in every role and under any load. An operator multiplies it by the number
/// of processes to get PostgreSQL's <c>max_connections</c>.
/// </summary>
internal readonly record struct ConnectionBudget(int Connections)
{
    public const int Default = 16;

    /// <summary>Fewer would leave too few for reads and rare writes.</summary>
    public const int Min = 12;

    public const int Max = 100;

    /// <summary>
    /// For a recount or another long work, or for the checks at the start; and, with a replica, to see which server is the primary, and
    /// whether a commit waits for the replica.
    /// </summary>
    private const int Rare = 3;

    /// <summary>Storage's share of it: all but those of Orleans' tables.</summary>
    public PostgresStorageOptions StorageOf(string connectionString)
    {
        var options = new PostgresStorageOptions { ConnectionString = connectionString };
        var others = options.CommitLanes + options.LoadLanes + Rare + ClusterDatabase.ConnectionsMax;
        return options with { PooledConnectionsMax = Connections - others };
    }
}
