using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Server.Settings;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Schema;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Brings a PostgreSQL database to the schema of this release, while servers work on it. It is a step of its own, because it needs a
/// role that may change tables, and servers run without these rights.
/// </summary>
internal static class Migration
{
    /// <summary>The argument with which the program migrates and ends, instead of serving.</summary>
    public const string Argument = "--migrate";

    /// <summary>Migrates the database that the process's settings name.</summary>
    /// <exception cref="StartupException">It cannot migrate. What was done stays done, and the next run continues.</exception>
    public static async Task RunAsync(string[] arguments)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. arguments.Where(argument => argument != Argument)], ContentRootPath = AppContext.BaseDirectory,
        });
        var settings = SettingsReader.Read(builder.Configuration);
        builder.Logging.AddConsoleLogging(builder.Configuration, "migration", ProgramVersion.Text, Machine.Time);
        using var host = builder.Build();
        if (settings.Storage != StorageKind.Postgres)
            throw new StartupException($"{Argument} is for Billing__Storage=postgres. SQLite's file is migrated when the server opens it.");
        try
        {
            var loggers = host.Services.GetRequiredService<ILoggerFactory>();
            await RunAsync(settings.ConnectionString, loggers, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException and not InvalidOperationException)
        {
            throw new StartupException($"Cannot migrate: {e.Message}", e);
        }
    }

    /// <summary>Migrates the tables of the journal, then those of the cluster.</summary>
    public static Task RunAsync(string connectionString, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        PostgresStorage.MigrateAsync(
            connectionString, [PostgresSchema.Journal, ClusterTables.Schema], Machine.Time, loggers, cancellationToken);
}
