using Microsoft.Data.Sqlite;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>The database of a server under test: SQLite here. The cluster's tests replace this file with one for PostgreSQL.</summary>
internal static class TestRuntime
{
    /// <summary>The settings that select the database for a server whose data is in <paramref name="directory"/>.</summary>
    public static Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Restores the database that commit 0deeb29 wrote, for a server in <paramref name="directory"/>.</summary>
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
