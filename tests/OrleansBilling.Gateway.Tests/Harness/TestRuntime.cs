using Microsoft.Data.Sqlite;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// On what a server under test stands: here on SQLite, in this process. The tests of the cluster put PostgreSQL and
/// processes in this place.
/// </summary>
internal static class TestRuntime
{
    /// <summary>The settings that select the database for a server whose data is in <paramref name="directory"/>.</summary>
    public static Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public static Task<(IAsyncDisposable Server, Uri Address)> StartAsync(string[] settings) => TestGateway.StartHereAsync(settings);

    /// <summary>Puts what commit 0deeb29 wrote where a server in <paramref name="directory"/> will find it.</summary>
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
