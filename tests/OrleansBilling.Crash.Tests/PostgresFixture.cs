using OrleansBilling.Testing;

namespace OrleansBilling.Crash.Tests;

/// <summary>One private PostgreSQL server for the tests of this assembly. Each test creates its own database.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}

public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? server;

    public PostgresServer Server => server ?? throw new InvalidOperationException("PostgreSQL is not installed.");

    public Task<string> CreateDatabaseAsync(string name) => Server.CreateBillingDatabaseAsync(name);

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.SkipReason is null) server = await PostgresServer.StartNewAsync(durable: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}
