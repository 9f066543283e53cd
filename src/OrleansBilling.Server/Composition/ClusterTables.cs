using Npgsql;
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

    private static readonly PostgresSchema Schema = new(
        "cluster_schema_version", AdvisoryLocks.ClusterSchema, EmbeddedSql.ReadScripts(typeof(SiloStores).Assembly, Scripts));

    /// <summary>Brings the tables to the version of this release. Needs a role that may change tables.</summary>
    /// <exception cref="SchemaVersionException">The tables are from a later release.</exception>
    public static async Task MigrateAsync(
        string connectionString, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await new PostgresMigration(source, time, loggers.CreateLogger<PostgresMigration>()).ApplyAsync(Schema, cancellationToken);
    }

    /// <exception cref="SchemaVersionException">The tables are not those of this release.</exception>
    public static Task RequireAsync(NpgsqlDataSource source, CancellationToken cancellationToken) =>
        Schema.RequireAsync(source, cancellationToken);
}
