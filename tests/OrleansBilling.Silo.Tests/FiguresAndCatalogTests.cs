using System.Diagnostics;
using Npgsql;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Statistics and offers that several gateways share through grains.</summary>
public sealed class FiguresAndCatalogTests
{
    [PostgresFact]
    public async Task Figures_are_shared_for_half_a_second_and_never_older_than_one()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        var other = await cluster.ConnectAsync();
        Assert.Equal(0, await NewAsync(cluster.Client.Statistics));
        for (var n = 1; n <= 5; n++)
        {
            await cluster.AcceptedAsync($"s{n}", cluster.Subscribe($"s{n}"));
            var since = Stopwatch.StartNew();
            await Eventually.EqualAsync(n, () => NewAsync(other.Statistics));
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"Figures were {since.Elapsed} old.");
        }
    }

    [PostgresFact]
    public async Task A_new_version_of_an_offer_is_seen_by_every_gateway_and_survives_the_silo()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var other = await cluster.ConnectAsync();
        Assert.True(
            await cluster.Client.Catalog.AddAsync(cluster.Monthly.Offer with { Version = 2, Amount = 2_490 }, CancellationToken.None));
        await Eventually.EqualAsync(2, NewestAsync, TimeSpan.FromSeconds(2));

        await using (var source = NpgsqlDataSource.Create(cluster.ConnectionString))
        await using (var state = source.CreateCommand("select convert_from(payload, 'UTF8') from cluster_grain_state where id_text = 'o'"))
            Assert.Contains("\"Newest\":2", (string)(await state.ExecuteScalarAsync())!, StringComparison.Ordinal);

        await cluster.JoinAsync();
        await cluster.LeaveAsync(cluster.Silos[0]);
        await Eventually.EqualAsync(2, NewestAsync);

        async Task<int> NewestAsync() => (await other.Catalog.FindNewestTermsAsync("o", CancellationToken.None))!.Offer.Version;
    }

    [PostgresFact]
    public async Task A_version_that_a_gateway_added_but_did_not_live_to_tell_is_found_when_the_next_one_meets_it()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        Assert.Equal(1, await NewestAsync());
        var second = cluster.Monthly.Offer with { Version = 2 };
        Assert.True(await cluster.Storage.Catalog.AddAsync(second, CancellationToken.None));

        Assert.False(await cluster.Client.Catalog.AddAsync(second, CancellationToken.None));
        Assert.Equal(2, await NewestAsync());

        async Task<int> NewestAsync() => (await cluster.Client.Catalog.FindNewestTermsAsync("o", CancellationToken.None))!.Offer.Version;
    }

    [PostgresFact]
    public async Task Without_a_silo_figures_and_offers_come_from_the_database()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        await cluster.AcceptedAsync("s", cluster.Subscribe("s"));
        await Eventually.EqualAsync(1, () => NewAsync(cluster.Client.Statistics));
        await cluster.LeaveAsync(cluster.Silos[0]);

        Assert.Equal(1, await NewAsync(cluster.Client.Statistics));
        Assert.True(await cluster.Client.Catalog.AddAsync(cluster.Monthly.Offer with { Version = 2 }, CancellationToken.None));
        Assert.Equal(2, (await cluster.Client.Catalog.FindNewestTermsAsync("o", CancellationToken.None))!.Offer.Version);
        Assert.Equal(
            "unavailable", Assert.IsType<CommandResult.Unavailable>(await cluster.ExecuteAsync("s", new SubscriptionCommand.Retry())).Code);
    }

    private static async Task<long> NewAsync(IStatisticsStore statistics) =>
        (await statistics.ReadAsync(
            new StatisticsFilter { SellerId = "seller", Metrics = [StatisticMetric.New] }, 0, 100_000, StatisticsGrouping.None,
            CancellationToken.None))
        .Where(row => row.Metric == StatisticMetric.New).Sum(row => (long)row.Value);
}
