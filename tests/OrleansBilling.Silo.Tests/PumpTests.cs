using NodaTime;
using Orleans.Core.Internal;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Silo.Grains;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Wire;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Every group of partitions keeps a pump when silos or pumps are lost.</summary>
public sealed class PumpTests
{
    [PostgresFact]
    public async Task Each_group_has_one_pump_and_one_that_is_lost_without_a_word_is_revived_by_its_reminder()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        await Eventually.EqualAsync(cluster.Storage.Due.GroupCount, () => cluster.CountAsync(nameof(DuePumpGrain)));
        for (var group = 0; group < cluster.Storage.Due.GroupCount; group++)
            await cluster.Grains.GetGrain<IDuePumpGrain>(group).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.HoldsAsync(async () => await cluster.CountAsync(nameof(DuePumpGrain)) < cluster.Storage.Due.GroupCount);

        // Reminders tick once a minute.
        await Eventually.EqualAsync(
            cluster.Storage.Due.GroupCount, () => cluster.CountAsync(nameof(DuePumpGrain)), TimeSpan.FromSeconds(100));
    }

    [PostgresFact]
    public async Task Pumps_go_on_with_the_silos_that_are_left()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        await Eventually.EqualAsync(cluster.Storage.Due.GroupCount, () => cluster.CountAsync(nameof(DuePumpGrain)));
        await cluster.LeaveAsync(cluster.Silos[0]);

        // Much sooner than a reminder would.
        await Eventually.EqualAsync(
            cluster.Storage.Due.GroupCount, () => cluster.CountAsync(nameof(DuePumpGrain)), TimeSpan.FromSeconds(20));
    }

    [PostgresFact]
    public async Task What_only_its_due_time_woke_leaves_memory_and_what_a_caller_asked_for_stays()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        await cluster.AcceptedAsync("s1", cluster.Subscribe("s1", SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(3)));
        await cluster.LeaveAsync(cluster.Silos[0]);
        await cluster.JoinAsync();

        await Eventually.HoldsAsync(
            async () => await cluster.Client.ExecuteAsync("s1", CommandEnvelope.Wake, CancellationToken.None) is CommandResult.Accepted);
        await Eventually.HoldsAsync(async () => (await cluster.LiveAsync()).Sum() == 0);

        await cluster.AcceptedAsync("s1", new SubscriptionCommand.ChangePaymentMethod("tok_other"));
        Assert.IsType<CommandResult.Accepted>(await cluster.Client.ExecuteAsync("s1", CommandEnvelope.Wake, CancellationToken.None));
        Assert.Equal(1, (await cluster.LiveAsync()).Sum());
    }
}
