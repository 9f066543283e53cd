namespace OrleansBilling.LoadTests.Processes;

internal sealed class PrivatePostgres : IAsyncDisposable
{
    public string ConnectionString => "";
    public static Task<PrivatePostgres> StartAsync(CancellationToken cancellationToken) => throw new LoadTestException("later");
    public ValueTask DisposeAsync() => default;
}
