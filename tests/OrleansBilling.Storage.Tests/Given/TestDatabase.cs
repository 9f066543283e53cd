namespace OrleansBilling.Storage.Tests.Given;

/// <summary>An empty database of either kind, which storages can open and close.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>Opens a storage. Close it before disposing the database.</summary>
    public abstract Task<BillingStorage> OpenAsync(int commitQueueMax = 8_192);

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
