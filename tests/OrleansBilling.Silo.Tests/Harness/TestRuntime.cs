using System.Collections.Concurrent;
using Npgsql;
using OrleansBilling.Silo.Tests.Given;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// The database of a server under test: here PostgreSQL, one database per server. So every test of the
/// HTTP contract also tests this database.
/// </summary>
internal static class TestRuntime
{
    private const string ConnectionSetting = "--ConnectionStrings:Billing=";

    /// <summary>Whether what is started from here on is a gateway and two silos, each a process.</summary>
    public static AsyncLocal<bool> OverProcesses { get; } = new();

    /// <summary>A server that starts again in the same directory finds its database again.</summary>
    private static readonly ConcurrentDictionary<string, Task<string>> Databases = new();

    /// <summary>The database settings of a server whose data is in <paramref name="directory"/>.</summary>
    public static async Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings)
    {
        if (settings.Any(setting => setting.StartsWith(ConnectionSetting, StringComparison.Ordinal))) return [];
        return ["--Billing:Storage=postgres", ConnectionSetting + await DatabaseOfAsync(directory)];
    }

    /// <summary>In this process, or where a test asks for it as processes of their own.</summary>
    public static Task<(IAsyncDisposable Server, Uri Address)> StartAsync(string[] settings) =>
        OverProcesses.Value ? ContractCluster.StartAsync(settings) : TestGateway.StartHereAsync(settings);

    /// <summary>Puts what commit 0deeb29 wrote where a server in <paramref name="directory"/> will find it.</summary>
    public static async Task RestoreOldAsync(string directory)
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(await DatabaseOfAsync(directory)) { Pooling = false });
        await using var command = database.CreateCommand(OldDatabase.ReadScript("postgres.sql"));
        await command.ExecuteNonQueryAsync();
    }

    private static Task<string> DatabaseOfAsync(string directory) =>
        Databases.GetOrAdd(directory, _ => SharedPostgres.Instance.CreateDatabaseAsync());
}
