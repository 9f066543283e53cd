using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Testing;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>A private server with databases that COPY fills.</summary>
public sealed class SeededDatabase : IAsyncLifetime
{
    private PostgresServer? server;
    private int databases;

    public async ValueTask InitializeAsync() =>
        server = PostgresServer.SkipReason is null ? await PostgresServer.StartNewAsync(durable: false) : null;

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    /// <summary>Fills a database with two products, one with due subscriptions, sold ten days before <paramref name="now"/>.</summary>
    internal async Task<(string ConnectionString, SeedPlan Plan)> FillAsync(Instant now, int each)
    {
        var connectionString = await server!.CreateBillingDatabaseAsync($"seeded_{Interlocked.Increment(ref databases)}");
        await using var storage = await OpenAsync(connectionString);
        var catalog = LoadCatalog.Make(2, new BillingInterval(IntervalUnit.Day, 30));
        SeedPart[] parts =
        [
            new(catalog.Offers[0], now - Duration.FromDays(10), "tok_ok", each),
            new(catalog.Offers[1], now - Duration.FromDays(10), "tok_flaky_30", each),
            new(catalog.Offers[1], now - Duration.FromDays(30), "tok_ok", each),
        ];
        var plan = await SeedPlan.PrepareAsync(storage, catalog, parts, CancellationToken.None);
        await new CopySeed(connectionString, plan).FillAsync(storage.Journal, _ => { }, CancellationToken.None);
        return (connectionString, plan);
    }

    internal static Task<PostgresStorage> OpenAsync(string connectionString) => PostgresStorage.OpenAsync(
        new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
        CancellationToken.None);

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The names of the failed checks.</summary>
    internal static async Task<IReadOnlyList<string>> BrokenAsync(
        string connectionString, SeedPlan plan, AcknowledgedVersions acknowledged, Instant loadEndedAt, ProviderLedger? ledger = null)
    {
        var checks = await new ScenarioAudit(connectionString, plan, acknowledged, nobodyPending: true)
            .RunAsync(loadEndedAt, ledger, simulator: null, CancellationToken.None);
        return [.. checks.Where(check => !check.Ok).Select(check => check.What)];
    }
}
