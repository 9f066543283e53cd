using Microsoft.Data.Sqlite;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// The database and processes of a server under test: here SQLite, in this process. The cluster tests have another class of
/// this name, for PostgreSQL and several processes.
/// </summary>
internal static class TestRuntime
{
    /// <summary>The settings that select the database for a server whose data is in <paramref name="directory"/>.</summary>
    public static Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public static Task<(IAsyncDisposable Server, Uri Address)> StartAsync(string[] settings) => TestGateway.StartHereAsync(settings);

    /// <summary>Restores the database of commit 0deeb29 for a server in <paramref name="directory"/>.</summary>
    public static async Task RestoreOldAsync(string directory)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "billing.db"), Pooling = false };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = OldDatabase.ReadScript("sqlite.sql");
        await command.ExecuteNonQueryAsync();
    }
}
