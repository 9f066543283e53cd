using System.Globalization;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>
/// One private PostgreSQL server for all tests of this assembly, started by the first that needs it; each test has a
/// database of its own.
/// </summary>
internal sealed class SharedPostgres : IDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(() => PostgresServer.StartNewAsync(
        durable: false, new Dictionary<string, string> { ["max_connections"] = "400" }));

    private int databases;

    public static SharedPostgres Instance { get; } = new();

    /// <summary>An empty database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"cluster_{Interlocked.Increment(ref databases)}");
        return await (await server.Value).CreateDatabaseAsync(name);
    }

    public void Dispose()
    {
        if (server.IsValueCreated) server.Value.GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
