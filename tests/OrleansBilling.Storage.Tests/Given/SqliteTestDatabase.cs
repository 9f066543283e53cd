using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>A SQLite file in a temporary folder.</summary>
public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("orleans-billing-sqlite-");

    /// <summary>In a folder that does not exist yet.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "data", "billing.db");

    public static Task<TestDatabase> CreateAsync() => Task.FromResult<TestDatabase>(new SqliteTestDatabase());

    public override async Task<BillingStorage> OpenAsync(int commitQueueMax = 8_192)
    {
        var options = new SqliteStorageOptions
        {
            Path = Path, CommitQueueMax = commitQueueMax, BusyTimeout = TimeSpan.FromSeconds(60),
            BackgroundInterval = TimeSpan.FromHours(1),
        };
        return await SqliteStorage.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
    }

    /// <summary>Opening the file migrates it.</summary>
    public override Task MigrateAsync() => Task.CompletedTask;

    public override async Task<IAsyncDisposable> BlockCommitsAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync("begin immediate", connection);
        return connection;
    }

    public override async Task ExecuteAsync(string sql)
    {
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(sql, connection);
    }

    public override async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The query plan of a statement, line by line.</summary>
    public async Task<IReadOnlyList<string>> PlanAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"explain query plan {sql}";
        for (var number = 1; number <= 3; number++) command.Parameters.AddWithValue($"${number}", number);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(3));
        return plan;
    }

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task ExecuteAsync(string sql, SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
