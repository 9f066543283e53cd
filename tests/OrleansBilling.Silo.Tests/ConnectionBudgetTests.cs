using Npgsql;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>A process never opens more connections to PostgreSQL than its setting says, so that max_connections can be computed.</summary>
public sealed class ConnectionBudgetTests
{
    private const int Budget = 12;
    private const int Callers = 48;

    [PostgresFact]
    public async Task A_busy_process_keeps_to_its_connections()
    {
        var database = await SharedPostgres.Instance.CreateDatabaseAsync();
        await using var gateway = await TestGateway.StartAsync(
            "--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}", $"--Billing:DatabaseConnections={Budget}");
        await gateway.SellAsync();
        var admin = gateway.Admin;

        using var stopping = new CancellationTokenSource();
        var watching = Task.Run(() => MostAsync(database, stopping.Token));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var n = 0; n < 12; n++)
            {
                var id = $"s{caller}-{n}";
                (await admin.PostAsync("/v1/subscriptions", Catalog.Subscribe(id))).Expect(201);
                (await admin.GetAsync($"/v1/subscriptions/{id}/events")).Expect(200);
                (await admin.GetAsync("/v1/subscriptions?seller_id=acme&limit=5")).Expect(200);
                (await admin.GetAsync("/v1/statistics/cancellations?seller_id=acme")).Expect(200);
            }
        }));
        await stopping.CancelAsync();

        // All lanes and most of the pool were in use, or the test would show nothing.
        Assert.InRange(await watching, Budget - 6, Budget);
    }

    private static async Task<long> MostAsync(string database, CancellationToken stopping)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var count = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name like 'orleans-billing%'",
            connection);
        var most = 0L;
        while (!stopping.IsCancellationRequested)
        {
            most = Math.Max(most, (long)(await count.ExecuteScalarAsync(CancellationToken.None))!);
        }

        return most;
    }
}
