using Npgsql;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>What the tests ask the database itself.</summary>
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

    /// <summary>Subscriptions whose due time has passed by the machine's clock.</summary>
    public Task<long> CountDueAsync() => ReadAsync<long>("select count(*) from subscription where due_at <= now()");

    /// <summary>Subscriptions that are due, or whose payment is under way and would be asked for again within the hour.</summary>
    public Task<long> CountUnsettledAsync() => ReadAsync<long>("select count(*) from subscription where due_at <= now() + interval '1 hour'");

    /// <summary>Processes that pump due work at present.</summary>
    public Task<long> CountPumpsAsync() => ReadAsync<long>(
        "select count(distinct pid) from pg_locks where locktype = 'advisory' and granted and mode = 'ExclusiveLock' and classid = 2833 and objid < 16");

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
