namespace OrleansBilling.Storage.Tests.Given;

/// <summary>A database of either kind, which storages can open and close.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>Opens a storage. Close it before disposing the database.</summary>
    public abstract Task<BillingStorage> OpenAsync(int commitQueueMax = 8_192);

    /// <summary>Brings old tables to the newest version, before a storage opens them.</summary>
    public abstract Task MigrateAsync();

    /// <summary>Migrates old tables and opens a storage.</summary>
    public async Task<BillingStorage> OpenUpgradedAsync()
    {
        await MigrateAsync();
        return await OpenAsync();
    }

    /// <summary>Closes a storage and opens another one on the same database.</summary>
    public async Task<BillingStorage> ReopenAsync(BillingStorage storage)
    {
        await storage.DisposeAsync();
        return await OpenAsync();
    }

    /// <summary>Blocks all commits until the result is disposed.</summary>
    public abstract Task<IAsyncDisposable> BlockCommitsAsync();

    /// <summary>Runs SQL outside any storage, even before one is opened.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>Returns the single value of a query, read outside any storage.</summary>
    public abstract Task<T> QueryAsync<T>(string sql);

    public abstract ValueTask DisposeAsync();
}
