using Npgsql;
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

    /// <summary>Migrates the tables on the one server of a connection string. Only one process does so at a time.</summary>
    public static async Task ApplyAsync(string connectionString, ILogger logger, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await ApplyAsync(source, logger, cancellationToken);
    }

    /// <summary>Migrates the tables. Only one process does so at a time.</summary>
    public static Task ApplyAsync(NpgsqlDataSource source, ILogger logger, CancellationToken cancellationToken)
    {
        var scripts = EmbeddedSql.ReadScripts(typeof(SiloStores).Assembly, Scripts);
        return PostgresSchema.ApplyAsync(
            source, scripts, "cluster_schema_version", AdvisoryLocks.ClusterSchema, logger, cancellationToken);
    }
}
