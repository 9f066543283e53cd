namespace OrleansBilling.Storage.Sqlite;

/// <summary>The right to do something alone, which the one process that owns the file always has.</summary>
internal sealed class OnlyProcess : IAsyncDisposable
{
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
