using OrleansBilling.Deploy.Tests.Balancer;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Failover;

/// <summary>PgBouncer between the servers and the database: fine in session mode, refused in the other modes.</summary>
public sealed class PoolerTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 20).Select(n => $"s{n}")];

    [NeedsFact(["postgres", "pgbouncer"])]
    public async Task In_session_mode_servers_work_and_recover_when_the_pooler_is_killed_and_in_other_modes_they_do_not_start()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: false);
        await postgres.CreateBillingDatabaseAsync("billing");
        await using var provider = await PaymentProvider.StartAsync(TimeSpan.Zero);
        await RequireRefusedAsync(postgres, provider, "transaction");

        await using var pooler = await PoolerProcess.StartNewAsync(postgres.Port, "session");
        await using var server = await ServerProcess.StartAsync(
            "OrleansBilling.Server.dll", ServerSettings.On(pooler.ConnectionString("billing"), provider.Address));
        using var client = new BillingClient(server.Address, ServerSettings.AdminKey);
        await DailyOffer.AddAsync(client);
        await DailyOffer.SubscribeAsync(client, Ids);
        await using var load = new Load(server.Address, Ids);
        load.Start(requestCallers: 3, streamCallers: 1);
        await Eventually.HoldsAsync(() => load.Acknowledged.Values.Sum() > 200);

        await pooler.KillAsync();
        await Eventually.HoldsAsync(() => load.CountOf("nobody", 503) > 0);
        var before = load.Acknowledged.Values.Sum();
        await pooler.StartAsync();
        await Eventually.HoldsAsync(() => load.Acknowledged.Values.Sum() > before + 200);
        await load.StopAsync();
        await using var journal = new Journal(postgres.ConnectionString("billing"));
        await Eventually.HoldsAsync(
            what: "all payments are known", longest: TimeSpan.FromSeconds(90),
            condition: async () => await journal.CountUnsettledAsync() == 0);
        await server.DisposeAsync();

        LedgerAudit.CheckChanges(
            await DatabaseAudit.OfPostgresAsync(
                postgres.ConnectionString("billing"), BalancedMarketplace.Now, await provider.ReadCollectedAsync()),
            load.Acknowledged);
    }

    private static async Task RequireRefusedAsync(PostgresServer postgres, PaymentProvider provider, string mode)
    {
        await using var pooler = await PoolerProcess.StartNewAsync(postgres.Port, mode);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(
            "OrleansBilling.Server.dll", ServerSettings.On(pooler.ConnectionString("billing"), provider.Address)));
        Assert.Contains("Set it to session mode (PgBouncer: pool_mode = session)", refused.Message, StringComparison.Ordinal);
    }
}
