using System.Globalization;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>
/// One private PostgreSQL server for all tests of this assembly. The first test that needs it starts
/// it; each test has its own database.
/// </summary>
internal sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> server = new(() => PostgresServer.StartNewAsync(
        durable: false, new Dictionary<string, string> { ["max_connections"] = "400" }));

    private int databases;

    public static SharedPostgres Instance { get; } = new();

    /// <summary>Creates a database with all tables; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync() => await (await server.Value).CreateBillingDatabaseAsync(NextName());

    public async Task<string> CreateEmptyDatabaseAsync() => await (await server.Value).CreateDatabaseAsync(NextName());

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"cluster_{Interlocked.Increment(ref databases)}");

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }
}
