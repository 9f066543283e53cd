using System.Diagnostics;
using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>An upgrade as in the runbook: under load, one server after the other is stopped (SIGTERM) and restarted.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const int Subscriptions = 200;

    [NeedsFact(["haproxy", "postgres"])]
    public async Task No_caller_of_a_single_command_notices_and_nothing_is_lost_or_done_twice()
    {
        await using var marketplace = await BalancedMarketplace.OpenAsync(providerLatency: TimeSpan.Zero);
        var ids = Enumerable.Range(1, Subscriptions).Select(n => $"s{n}").ToList();
        var start = BalancedMarketplace.Now - Duration.FromHours(1);
        await marketplace.SellAtAsync(start, ids);
        await marketplace.StartAsync();
        await using var load = new Load(marketplace.Balancer.Address, ids);
        load.Start(requestCallers: 4, streamCallers: 1);

        foreach (var server in new[] { 1, 2 })
        {
            var name = $"server-{server}";
            await Eventually.HoldsAsync(what: $"{name} works", condition: () => load.CountOf(name) > 100);
            var draining = Stopwatch.StartNew();
            Assert.Equal(0, await marketplace.TerminateServerAsync(server));
            output.WriteLine($"{name} drained in {draining.Elapsed.TotalSeconds:0.00} s.");
            var before = load.CountOf(name);
            await marketplace.StartServerAsync(server);
            await Eventually.HoldsAsync(what: $"{name} works again", condition: () => load.CountOf(name) > before + 100);
        }

        await load.StopAsync();
        output.WriteLine(
            $"Longest command {load.Longest.TotalSeconds:0.00} s; broken streams {load.BrokenStreams}; " +
            $"answers {string.Join(", ", load.Outcomes)}.");
        Assert.Equal(["200 server-1", "200 server-2"], load.Outcomes.Keys.Order());
        await marketplace.CloseAsync();
        var lives = ids.ToDictionary(id => id, _ => new Life(start, Periods: 1));
        var audited = await LedgerAudit.CheckAsync(
            marketplace.ConnectionString, BalancedMarketplace.Now, lives, await marketplace.Provider.ReadCollectedAsync());
        LedgerAudit.CheckChanges(audited, load.Acknowledged);
    }
}
