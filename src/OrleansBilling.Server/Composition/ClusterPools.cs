using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Npgsql;
using OrleansBilling.Silo.Schema;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Makes Orleans use the primary of several servers. Orleans makes its connections from a connection string and offers no other
/// way. Npgsql looks such a string up in its list of pools, so the pool of the present primary is put there. Npgsql's own choice
/// among several hosts is not enough: it would take an old primary that was started again.
/// </summary>
internal static class ClusterPools
{
    /// <summary>Does nothing if the connection string names one server.</summary>
    public static void Follow(PostgresConnections connections, string connectionString)
    {
        if (!connections.AreSeveral) return;
        var pools = Pools(null);
        var orleans = ClusterDatabase.ConnectionString(connectionString);
        connections.Follow(ClusterDatabase.ConnectionString, pool =>
        {
            if (pools.TryGetValue(orleans, out var last)) last.Clear();
            pools[orleans] = pool;
        });
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "get_Pools")]
    private static extern ConcurrentDictionary<string, NpgsqlDataSource> Pools(
        [UnsafeAccessorType("Npgsql.PoolManager, Npgsql")] object? list);
}
