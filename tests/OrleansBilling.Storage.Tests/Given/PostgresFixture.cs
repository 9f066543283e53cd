using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>The assembly's PostgreSQL server. Its tests run one at a time.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private int databases;
    private PostgresServer? server;

    public PostgresServer Server => server ?? throw new InvalidOperationException("There is no PostgreSQL server.");

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.SkipReason is null) server = await PostgresServer.StartNewAsync(durable: false);
    }

    /// <summary>A database with all tables.</summary>
    public async Task<PostgresTestDatabase> CreateAsync() => new(await Server.CreateBillingDatabaseAsync(
        $"test_{Interlocked.Increment(ref databases)}", connectionString => new PostgresTestDatabase(connectionString).MigrateAsync()));

    public async Task<PostgresTestDatabase> CreateEmptyAsync() =>
        new(await Server.CreateDatabaseAsync($"test_{Interlocked.Increment(ref databases)}"));

    public async Task<TestDatabase> CreateEmptyTestDatabaseAsync() => await CreateEmptyAsync();

    public async Task<TestDatabase> CreateTestDatabaseAsync() => await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}

/// <summary>The tests that use the server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
