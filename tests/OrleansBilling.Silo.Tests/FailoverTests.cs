using System.Text.Json.Nodes;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>What callers notice when silos join, leave and die under load.</summary>
[Collection(ProcessCluster.Collection)]
public sealed class FailoverTests
{
    /// <summary>Many, because each remembers 1,000 keys of an administrator, and the long form sends for minutes.</summary>
    private const int Subscriptions = 300;
    private static readonly string[] Ids = [.. Enumerable.Range(1, Subscriptions).Select(n => $"s{n}")];

    [PostgresFact]
    public async Task A_killed_silo_costs_its_subscriptions_seconds_and_no_keyed_command_is_lost_or_done_twice()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 3, virtualClock: false);
        await cluster.SellAsync(Ids, _ => "tok_ok");
        await cluster.WhenAllPaidAsync();
        await using var load = new CommandLoad(cluster, Ids);

        await load.RunForAsync(commands: 300);
        load.ForgetSlowest();
        await cluster.KillAsync(cluster.Silos[1]);
        await load.RunForAsync(commands: 600);
        Assert.True(load.Slowest < FaultBounds.Death, $"A command took {load.Slowest}.");
        await cluster.JoinAsync();
        await load.RunForAsync(commands: 300);
        await load.StopAsync();

        await load.RequireEachOnceAsync();
    }

    [PostgresFact]
    public async Task A_silo_that_hangs_costs_its_subscriptions_seconds_and_ends_when_it_wakes_up()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 3, virtualClock: false);
        await cluster.SellAsync(Ids, _ => "tok_ok");
        await cluster.WhenAllPaidAsync();
        await using var load = new CommandLoad(cluster, Ids);

        await load.RunForAsync(commands: 300);
        for (var round = 0; round < FaultBounds.Hangs; round++)
        {
            load.ForgetSlowest();
            var hanging = cluster.Silos[1];
            await hanging.FreezeAsync();
            await load.RunForAsync(commands: 600);
            Assert.Empty(load.Failed);
            TestContext.Current.TestOutputHelper?.WriteLine($"Longest command of hang {round + 1}: {load.Slowest}");
            Assert.True(load.Slowest < FaultBounds.Hang, $"A command took {load.Slowest}.");
            await cluster.WhenAllIsServedByAsync(silos: 2);

            // The others have declared it dead. It must not go on with what it holds in memory.
            await hanging.ThawAsync();
            Assert.NotEqual(0, await hanging.WaitForEndAsync(TimeSpan.FromMinutes(1)));
            Assert.Contains("was declared dead", string.Join('\n', cluster.Silos.Select(silo => silo.Output)), StringComparison.Ordinal);
            cluster.Silos.Remove(hanging);
            await hanging.DisposeAsync();
            await cluster.JoinAsync();
            await load.RunForAsync(commands: 300);
        }

        await load.StopAsync();
        await load.RequireEachOnceAsync();
    }

    [PostgresFact]
    public async Task A_silo_that_is_told_to_stop_finishes_its_work_and_nobody_notices()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 2, virtualClock: false);
        await cluster.SellAsync(Ids, _ => "tok_ok");
        await using var load = new CommandLoad(cluster, Ids);
        await load.RunForAsync(commands: 200);

        // Charges are in flight when the silo leaves. Their outcomes still arrive, long before a watchdog acts.
        var late = Enumerable.Range(1, Subscriptions).Select(n => $"late{n}").ToList();
        var subscribing = cluster.Client.BulkAsync(late.Select(id => (JsonNode)new JsonObject
        {
            ["type"] = "subscribe", ["subscription_id"] = id, ["idempotency_key"] = id, ["offer_id"] = "offer",
            ["customer"] = new JsonObject { ["id"] = id }, ["payment_method"] = new JsonObject { ["token"] = "tok_ok" },
        }));
        await cluster.LeaveAsync(cluster.Silos[0]);
        Assert.All(await subscribing, line => Assert.Equal(201, line["status"]!.GetValue<int>()));
        await cluster.WhenAllPaidAsync();

        await load.RunForAsync(commands: 200);
        await load.StopAsync();
        await load.RequireEachOnceAsync();
    }

    [PostgresFact]
    public async Task A_gateway_that_has_lost_every_silo_says_so_and_goes_on_when_there_are_new_ones()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 2, virtualClock: false);
        await cluster.SellAsync(Ids, _ => "tok_ok");
        while (cluster.Silos.Count > 0) await cluster.KillAsync(cluster.Silos[0]);

        var (status, problem) = await cluster.Client.TryPostAsync("/v1/subscriptions/s1/cancel", Cancel, "gone");
        Assert.Equal(503, (int)status);
        Assert.Contains(problem!["code"]!.GetValue<string>(), new[] { "unknown", "unavailable" });

        // The command has waited longer than the gateway believes in silos that do not answer.
        Assert.Equal(503, await cluster.Client.StatusOfAsync("/health/ready"));

        await cluster.JoinAsync();
        await Eventually.HoldsAsync(
            async () =>
                (int)(await cluster.Client.TryPostAsync("/v1/subscriptions/s1/cancel", Cancel, "gone")).Status == 200,
                TimeSpan.FromMinutes(1));
        await Eventually.EqualAsync(200, () => cluster.Client.StatusOfAsync("/health/ready"));
    }

    private static JsonObject Cancel => new() { ["at"] = "period_end" };
}
