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

    /// <summary>A server that restarts in the same directory gets the same database.</summary>
    private static readonly ConcurrentDictionary<string, Task<string>> Databases = new();

    /// <summary>The database settings of a server whose data is in <paramref name="directory"/>.</summary>
    public static async Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings)
    {
        if (settings.Any(setting => setting.StartsWith(ConnectionSetting, StringComparison.Ordinal))) return [];
        return ["--Billing:Storage=postgres", ConnectionSetting + await DatabaseOfAsync(directory)];
    }

    /// <summary>Restores what commit 0deeb29 wrote, where a server in <paramref name="directory"/> finds it.</summary>
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
