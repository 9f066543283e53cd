using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Wire;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>One subscription in a cluster of two silos.</summary>
public sealed class SubscriptionGrainTests
{
    [PostgresFact]
    public async Task A_key_that_is_sent_many_times_at_once_has_one_effect()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        var other = await cluster.ConnectAsync();
        await cluster.AcceptedAsync("s", cluster.Subscribe("s"));
        var envelope = new CommandEnvelope(
            new SubscriptionCommand.ChangePaymentMethod("tok_expired_card"), Caller.Administrator, new IdempotencyKey(7, 9));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 40)
                .Select(n => (n % 2 == 0 ? cluster.Client : other).ExecuteAsync("s", envelope, CancellationToken.None).AsTask()));

        var accepted = results.Select(result => Assert.IsType<CommandResult.Accepted>(result)).ToList();
        Assert.Single(accepted, result => !result.Replayed);
        Assert.Single(accepted.Select(result => result.State.Version).Distinct());
        Assert.IsType<CommandResult.Refused>(await cluster.ExecuteAsync("s", new SubscriptionCommand.Retry(), new IdempotencyKey(7, 10)));
    }

    [PostgresFact]
    public async Task More_commands_than_may_wait_for_one_subscription_are_told_to_come_back()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1, new SiloOptions { WaitingTurnsMax = 4 });
        await cluster.AcceptedAsync("s", cluster.Subscribe("s"));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => cluster.ExecuteAsync("s", new SubscriptionCommand.ChangePaymentMethod("tok_ok"))));

        Assert.Contains(results, result => result is CommandResult.Accepted);
        Assert.Contains(results, result => result is CommandResult.Unavailable);
        Assert.All(results.OfType<CommandResult.Unavailable>(), result => Assert.Equal("busy", result.Code));
    }

    [PostgresFact]
    public async Task A_gateway_has_a_bound_on_commands_under_way()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var full = await cluster.ConnectAsync(commandsMax: 0);
        var result = await full.ExecuteAsync(
            "s", new CommandEnvelope(cluster.Subscribe("s"), Caller.Administrator), CancellationToken.None);
        Assert.Equal("busy", Assert.IsType<CommandResult.Unavailable>(result).Code);
        Assert.Null(await cluster.FindAsync("s"));
    }

    [PostgresFact]
    public async Task A_gateway_that_stops_takes_no_more_commands()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var leaving = await cluster.ConnectAsync();
        await leaving.StopAsync(CancellationToken.None);
        var result = await leaving.ExecuteAsync(
            "s", new CommandEnvelope(cluster.Subscribe("s"), Caller.Administrator), CancellationToken.None);
        Assert.Equal("stopping", Assert.IsType<CommandResult.Unavailable>(result).Code);
    }

    [PostgresFact]
    public async Task A_provider_that_is_behind_makes_the_pumps_wait_and_nothing_is_left_to_watchdogs()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1, new SiloOptions { ProviderCallsMax = 1, ProviderQueueMax = 2 });
        var ids = Enumerable.Range(0, 40).Select(n => $"s{n}").ToList();
        var startAt = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(8);
        foreach (var id in ids) await cluster.AcceptedAsync(id, cluster.Subscribe(id, startAt));

        // The silo takes its grains and their timers with it; the next silo finds the due work in the journal.
        await cluster.LeaveAsync(cluster.Silos[0]);
        await Eventually.HoldsAsync(() => SystemClock.Instance.GetCurrentInstant() > startAt);
        await cluster.JoinAsync();

        foreach (var id in ids)
            await Eventually.HoldsAsync(async () => (await cluster.FindAsync(id))!.Status == SubscriptionStatus.Active);
        Assert.True(
            SystemClock.Instance.GetCurrentInstant() < startAt + Duration.FromSeconds(60),
            "It took so long that watchdogs may have helped.");
    }

    [PostgresFact]
    public async Task What_is_due_in_a_moment_has_a_timer_of_its_own()
    {
        // The pumps look once at the start, and then not for an hour.
        await using var cluster = await TestCluster.StartAsync(silos: 1, new SiloOptions { DuePollInterval = TimeSpan.FromHours(1) });
        await cluster.AcceptedAsync("s", cluster.Subscribe("s", SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(2)));
        await Eventually.HoldsAsync(async () => (await cluster.FindAsync("s"))!.Status == SubscriptionStatus.Active);
    }

    [PostgresFact]
    public async Task The_pumps_find_what_is_due_without_a_timer()
    {
        var cluster = await TestCluster.StartAsync(silos: 2, new SiloOptions { IdleAge = TimeSpan.FromSeconds(2) });
        await using var _ = cluster;
        var ids = Enumerable.Range(0, 40).Select(n => $"s{n}").ToList();
        var startAt = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(5);
        foreach (var id in ids) await cluster.AcceptedAsync(id, cluster.Subscribe(id, startAt));

        // Idle grains leave memory, and their timers with them.
        await Eventually.HoldsAsync(async () => (await cluster.LiveAsync()).Sum() == 0);
        foreach (var id in ids)
            await Eventually.HoldsAsync(async () => (await cluster.FindAsync(id))!.Status == SubscriptionStatus.Active);
    }

    [PostgresFact]
    public async Task Sender_and_silo_must_agree_on_the_clock_and_a_newer_command_is_told_so()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var grain = cluster.Grains.GetGrain<ISubscriptionGrain>("s");
        var virtualClock = await grain.ExecuteAsync(new CommandMessage(CommandEnvelope.Wake, virtualNow: 0));
        var newer = await grain.ExecuteAsync(
            new CommandMessage { Body = """{"format":1,"type":"teleport","caller":{"role":"system"},"body":{}}"""u8.ToArray() });
        foreach (var answer in new[] { virtualClock, newer })
            Assert.Equal(
                "unavailable",
                Assert.IsType<CommandResult.Unavailable>(await answer.OpenAsync(cluster.Client.Catalog, CancellationToken.None)).Code);
    }
}
