using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Cluster.Schema;

/// <summary>The tables in which Orleans keeps members, reminders and the state of seldom-changed grains, in the same database as the journal.</summary>
internal static class ClusterSchema
{
    private const string Scripts = "OrleansBilling.Cluster.Scripts.";

    /// <summary>Brings the tables up to date; one process at a time.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public static async Task ApplyAsync(string connectionString, ILogger logger, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            var scripts = EmbeddedSql.ReadScripts(typeof(ClusterSchema).Assembly, Scripts);
            await PostgresSchema.ApplyAsync(source, scripts, "cluster_schema_version", AdvisoryLocks.ClusterSchema, logger, cancellationToken);
        }
        catch (Exception exception) when (PostgresFaults.IsUnavailable(exception))
        {
            throw new JournalUnavailableException("PostgreSQL does not answer.", exception);
        }
    }
}
