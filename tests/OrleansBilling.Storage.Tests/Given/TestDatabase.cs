namespace OrleansBilling.Storage.Tests.Given;

/// <summary>An empty database of either kind, which storages may open and close.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>Opens the database. Close it before the database goes.</summary>
    public abstract Task<BillingStorage> OpenAsync(int commitQueueMax = 8_192);

    /// <summary>Closes a storage and opens another one on the same database.</summary>
    public async Task<BillingStorage> ReopenAsync(BillingStorage storage)
    {
        await storage.DisposeAsync();
        return await OpenAsync();
    }

    /// <summary>Lets no commit through until the result is disposed.</summary>
    public abstract Task<IAsyncDisposable> BlockCommitsAsync();

    /// <summary>Runs SQL past every storage, also before the first was opened.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>The one value that a query answers, read past every storage.</summary>
    public abstract Task<T> QueryAsync<T>(string sql);

    public abstract ValueTask DisposeAsync();
}
