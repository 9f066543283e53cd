using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Orleans.Core.Internal;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Silo.Grains;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Wire;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Every group of partitions keeps a pump when silos or pumps are lost.</summary>
public sealed class PumpTests
{
    [PostgresFact]
    public async Task Each_group_has_one_pump_and_one_that_is_lost_without_a_word_is_back_within_seconds()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        var groups = cluster.Storage.Due.GroupCount;
        await Eventually.EqualAsync(groups, () => cluster.CountAsync(nameof(DuePumpGrain)));
        var boards = cluster.Silos.Select(silo => silo.Services.GetRequiredService<PumpBoard>()).ToList();
        for (var group = 0; group < groups; group++)
        {
            var lost = await Eventually.ReadAsync(() => Task.FromResult(Find(group)), pump => pump is not null);
            await cluster.Grains.GetGrain<IDuePumpGrain>(group).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
            await Eventually.HoldsAsync(() => Find(group) is { Pulse: not null } pump && pump != lost, TimeSpan.FromSeconds(20));
        }

        await Eventually.EqualAsync(groups, () => cluster.CountAsync(nameof(DuePumpGrain)));

        DuePump? Find(int group) => boards.Select(board => board.Find(group)).FirstOrDefault(pump => pump is not null);
    }

    [PostgresFact]
    public async Task A_pump_that_cannot_read_is_told_by_a_line_of_the_log()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 1, virtualClock: false);
        var silo = cluster.Silos[0];
        await using (var database = new NpgsqlConnection(cluster.ConnectionString))
        {
            await database.OpenAsync();
            await using var transaction = await database.BeginTransactionAsync();
            await using var locking = new NpgsqlCommand("lock table subscription in access exclusive mode", database, transaction);
            await locking.ExecuteNonQueryAsync();
            await Eventually.HoldsAsync(() => silo.Output.Contains("has not read due work for", StringComparison.Ordinal));
        }

        await Eventually.HoldsAsync(() => silo.Output.Contains("reads due work again", StringComparison.Ordinal));
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
