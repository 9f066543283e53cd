using OrleansBilling.Silo;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// The tables in which Orleans keeps members, reminders and the state of rarely changing grains. They are in the journal's
/// database.
/// </summary>
internal static class ClusterTables
{
    private const string Scripts = "OrleansBilling.Silo.Scripts.";

    /// <summary>Migrates the tables. Only one process does so at a time.</summary>
    public static async Task ApplyAsync(PostgresConnections connections, ILogger logger, CancellationToken cancellationToken)
    {
        var scripts = EmbeddedSql.ReadScripts(typeof(SiloStores).Assembly, Scripts);
        await PostgresSchema.ApplyAsync(
            connections.Dedicated, scripts, "cluster_schema_version", AdvisoryLocks.ClusterSchema, logger, cancellationToken);
    }
}
