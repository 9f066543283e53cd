using OrleansBilling.Silo;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.Schema;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// The tables in which Orleans keeps members, reminders and the state of rarely changing grains. They are in the journal's
/// database.
/// </summary>
internal static class ClusterTables
{
    private const string Scripts = "OrleansBilling.Silo.Scripts.";

    public static PostgresSchema Schema { get; } = new(
        "cluster_schema_version", AdvisoryLocks.ClusterSchema, EmbeddedSql.ReadScripts(typeof(SiloStores).Assembly, Scripts));
}
