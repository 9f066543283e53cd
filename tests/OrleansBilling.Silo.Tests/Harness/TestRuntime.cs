using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.Server.Composition;
using OrleansBilling.Silo.Tests.Given;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// The database of a server under test: here PostgreSQL, one database per server. So every test of the
/// HTTP contract also tests this database.
/// </summary>
internal static class TestRuntime
{
    /// <summary>On SQLite, a server makes its own.</summary>
    private const string MasterKeySetting = "--Billing:MasterKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private const string ConnectionSetting = "--ConnectionStrings:Billing=";

    /// <summary>Whether tests start a gateway and two silos in separate processes instead of one server.</summary>
    public static AsyncLocal<bool> OverProcesses { get; } = new();

    /// <summary>A server that starts again in the same directory finds its database again.</summary>
    private static readonly ConcurrentDictionary<string, Task<string>> Databases = new();

    /// <summary>The database settings of a server whose data is in <paramref name="directory"/>.</summary>
    public static async Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings)
    {
        if (settings.Any(setting => setting.StartsWith(ConnectionSetting, StringComparison.Ordinal))) return [];
        return ["--Billing:Storage=postgres", ConnectionSetting + await DatabaseOfAsync(directory), MasterKeySetting];
    }

    /// <summary>Starts a server in this process, or a cluster in separate processes if <see cref="OverProcesses"/> is set.</summary>
    public static Task<(IAsyncDisposable Server, Uri Address)> StartAsync(string[] settings) =>
        OverProcesses.Value ? ContractCluster.StartAsync(settings) : TestGateway.StartHereAsync(settings);

    /// <summary>Restores the database of commit 0deeb29, and migrates it, for a server in <paramref name="directory"/>.</summary>
    public static async Task RestoreOldAsync(string directory)
    {
        var connectionString = await Databases.GetOrAdd(directory, _ => SharedPostgres.Instance.CreateEmptyDatabaseAsync());
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = database.CreateCommand(OldDatabase.ReadScript("postgres.sql"));
        await command.ExecuteNonQueryAsync();
        await Migration.RunAsync(connectionString, NullLoggerFactory.Instance, CancellationToken.None);
    }

    private static Task<string> DatabaseOfAsync(string directory) =>
        Databases.GetOrAdd(directory, _ => SharedPostgres.Instance.CreateDatabaseAsync());
}
