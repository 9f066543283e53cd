using System.Diagnostics;
using Npgsql;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>One silo of three loses its network, the database included: packets are dropped in both directions.</summary>
[Collection(ProcessCluster.Collection)]
public sealed class PartitionTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 60).Select(n => $"s{n}")];

    [NetworkFact]
    public async Task A_silo_that_is_cut_off_costs_its_subscriptions_seconds_and_ends_when_the_network_is_back()
    {
        await using var network = await ClusterNetwork.MakeAsync();
        await using var cluster = await ProcessCluster.StartAsync(silos: 2, virtualClock: false, network: network);
        var far = await cluster.JoinFarAsync();
        await cluster.SellAsync(Ids, _ => "tok_ok");
        await cluster.WhenAllPaidAsync();
        await using var load = new CommandLoad(cluster, Ids);
        await load.RunForAsync(commands: 300);
        Assert.NotEqual(0, await SessionsOfFarAsync(cluster));

        load.ForgetSlowest();
        await network.Cable.CutAsync();
        await load.RunForAsync(commands: 600);
        Assert.Empty(load.Failed);
        TestContext.Current.TestOutputHelper?.WriteLine($"Longest command after the cut: {load.Slowest}");
        Assert.True(load.Slowest < FaultBounds.Hang, $"A command took {load.Slowest}.");
        await cluster.WhenAllIsServedByAsync(silos: 2);

        // The database ends its sessions, and with them whatever locks they hold.
        var ended = Stopwatch.StartNew();
        await Eventually.EqualAsync(0L, () => SessionsOfFarAsync(cluster));
        TestContext.Current.TestOutputHelper?.WriteLine($"Its sessions have ended {ended.Elapsed} later.");

        // The others have declared it dead. It must not go on with what it holds in memory.
        await network.Cable.RestoreAsync();
        Assert.NotEqual(0, await far.WaitForEndAsync(TimeSpan.FromMinutes(1)));
        cluster.Silos.Remove(far);
        await far.DisposeAsync();
        load.ForgetSlowest();
        await load.RunForAsync(commands: 300);
        await cluster.JoinFarAsync();
        await load.RunForAsync(commands: 300);
        await load.StopAsync();
        await load.RequireEachOnceAsync();
    }

    /// <summary>
    /// The sessions of the silo that may hold locks. Those of Orleans run single statements, and end by the settings of
    /// deploy/postgres.
    /// </summary>
    private static async Task<long> SessionsOfFarAsync(ProcessCluster cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(
            $"""
            select count(*) from pg_stat_activity
            where client_addr = '{SplitNetwork.FarAddress}' and application_name = 'orleans-billing'
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
