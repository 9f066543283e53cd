using Npgsql;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Direct queries on the database.</summary>
internal sealed class Journal(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Subscriptions that are due by the system clock.</summary>
    public Task<long> CountDueAsync() => ReadAsync<long>("select count(*) from subscription where due_at <= now()");

    /// <summary>Subscriptions that are due, or whose pending payment would be retried within the hour.</summary>
    /// <param name="ids">A LIKE pattern.</param>
    public Task<long> CountUnsettledAsync(string ids = "%") =>
        ReadAsync<long>($"select count(*) from subscription where due_at <= now() + interval '1 hour' and id like '{ids}'");

    /// <summary>The number of active cluster members.</summary>
    public Task<long> CountMembersAsync() => ReadAsync<long>("select count(*) from cluster_member where status = 3");

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
