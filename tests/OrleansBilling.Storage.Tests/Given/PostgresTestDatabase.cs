using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>A separate database on the assembly's PostgreSQL server.</summary>
public sealed class PostgresTestDatabase(string connectionString) : TestDatabase
{
    public string ConnectionString { get; } = connectionString;

    /// <summary>The background loops run so rarely that they do not interfere with tests.</summary>
    public PostgresStorageOptions Options => new()
    {
        ConnectionString = ConnectionString,
        FoldInterval = TimeSpan.FromHours(1),
        FeedInterval = TimeSpan.FromHours(1),
    };

    public override async Task<BillingStorage> OpenAsync(int commitQueueMax = 8_192) =>
        await OpenAsync(Options with { CommitQueueMax = commitQueueMax });

    public override Task MigrateAsync() =>
        PostgresStorage.MigrateAsync(ConnectionString, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    public static Task<PostgresStorage> OpenAsync(PostgresStorageOptions options, ILoggerFactory? loggerFactory = null) =>
        PostgresStorage.OpenAsync(options, TimeProvider.System, loggerFactory ?? NullLoggerFactory.Instance, CancellationToken.None);

    public override async Task<IAsyncDisposable> BlockCommitsAsync()
    {
        var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand("begin; lock table subscription in exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public override async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await ExecuteAsync(connection, sql);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The generic plan that a pooled connection ends up with for any arguments, line by line.</summary>
    public async Task<IReadOnlyList<string>> PlanAsync(
        string types, string sql, string arguments, string settings = "", string explain = "costs off")
    {
        await using var connection = await ConnectAsync();
        await using (var prepare = new NpgsqlCommand(
            $"begin; {settings}; set plan_cache_mode = force_generic_plan; prepare asked ({types}) as {sql}", connection))
            await prepare.ExecuteNonQueryAsync();
        await using var asked = new NpgsqlCommand($"explain ({explain}) execute asked ({arguments})", connection);
        await using var reader = await asked.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
        return plan;
    }

    /// <summary>Runs SQL on a connection that stays open, for example within a transaction.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        // What fills a table may take minutes on a slow machine.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection outside the storages.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
