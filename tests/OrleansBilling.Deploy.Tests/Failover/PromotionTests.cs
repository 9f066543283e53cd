using System.Diagnostics;
using NodaTime;
using OrleansBilling.Deploy.Tests.Balancer;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Failover;

/// <summary>
/// The primary of the database is lost under load and its synchronous replica is promoted, while processes of every role run. Then the
/// old primary is started again by mistake.
/// </summary>
public sealed class PromotionTests(ITestOutputHelper output)
{
    /// <summary>
    /// Sessions of ours, but for the question which server is the primary. A commit that was on its way to a server that froze may
    /// wait there forever, for the replica that has left; its sender is gone.
    /// </summary>
    private const string SessionsSql =
        """
        select count(*) from pg_stat_activity
        where application_name like 'orleans-billing%' and application_name <> 'orleans-billing-watch'
        and wait_event is distinct from 'SyncRep'
        """;

    /// <summary>More in the long form, because each remembers 1,000 keys of an administrator.</summary>
    private static readonly string[] Ids = [.. Enumerable.Range(1, 100 * FaultBounds.Promotions).Select(n => $"s{n}")];

    /// <summary>Payments in flight may have to be asked for again, after 60 s.</summary>
    private static readonly TimeSpan PaymentsBound = TimeSpan.FromSeconds(90);

    [NeedsFact(["postgres"])]
    public async Task Nothing_acknowledged_is_lost_or_charged_twice_and_the_old_primary_is_left_alone()
    {
        await using var provider = await PaymentProvider.StartAsync(TimeSpan.FromMilliseconds(300));
        await using var pair = await DatabasePair.StartAsync();
        await using var servers = await Servers.StartAsync(ServerSettings.On(pair.ConnectionString, provider.Address));
        var starts = new SteadyStarts(servers.Gateway, ahead: TimeSpan.FromSeconds(6));
        var lives = await SellAsync(servers.Gateway);
        await using var load = new Load(servers.Gateway, Ids);
        using var enough = new CancellationTokenSource();
        load.Start(requestCallers: 4, streamCallers: 1);
        var signingUp = starts.RunAsync(enough.Token);

        for (var round = 1; round <= FaultBounds.Promotions; round++)
        {
            if (round > 1) await pair.MakeReplicaAsync();
            await MoreAsync(load, 300);
            var charged = await provider.CountChargesAsync();
            await Eventually.HoldsAsync(
                what: "charges are in flight", condition: async () => await provider.CountChargesAsync() > charged);
            var lost = Stopwatch.StartNew();
            await LoseAsync(pair, hangs: round % 2 == 0);
            var promoted = Stopwatch.StartNew();
            await MoreAsync(load, 10);
            output.WriteLine(
                $"Round {round}: back {promoted.Elapsed.TotalSeconds:0.0} s after the promotion, " +
                $"{lost.Elapsed.TotalSeconds:0.0} s after the loss.");
            Assert.InRange(promoted.Elapsed, TimeSpan.Zero, FaultBounds.Promotion);

            if (round == FaultBounds.Promotions)
            {
                await enough.CancelAsync();
                await signingUp;
            }

            await pair.StartOldAsync();
            await using var old = new Journal(DatabasePair.ConnectionStringOf(pair.Replica));
            await Eventually.EqualAsync(0L, () => old.ReadAsync<long>(SessionsSql));
            var before = await old.ReadAsync<long>("select count(*) from history");
            await servers.AddAsync("all");
            await MoreAsync(load, 300);
            Assert.Equal(0L, await old.ReadAsync<long>(SessionsSql));
            Assert.Equal(before, await old.ReadAsync<long>("select count(*) from history"));
            await RequireFencedAsync(old);
        }

        await load.StopAsync();
        await using var journal = new Journal(DatabasePair.ConnectionStringOf(pair.Primary));
        await Eventually.HoldsAsync(
            what: "all payments are known", longest: PaymentsBound, condition: async () => await journal.CountUnsettledAsync() == 0);
        Assert.Contains("It is not used", servers.Output, StringComparison.Ordinal);
        await servers.DisposeAsync();

        foreach (var (id, start) in starts.Starts) lives.Add(id, new Life(start, 1));
        var audited = await LedgerAudit.CheckAsync(
            DatabasePair.ConnectionStringOf(pair.Primary), BalancedMarketplace.Now, lives, await provider.ReadCollectedAsync());
        LedgerAudit.CheckChanges(audited, load.Acknowledged);
        output.WriteLine(
            $"{load.Acknowledged.Values.Sum()} commands, the longest {load.Longest.TotalSeconds:0.0} s; {lives.Count} subscriptions paid.");
    }

    /// <summary>The primary dies, or hangs and is replaced while its connections are still open.</summary>
    private static async Task LoseAsync(DatabasePair pair, bool hangs)
    {
        if (hangs)
        {
            await pair.FreezePrimaryAsync();
            await pair.PromoteAsync("--anyway");
            return;
        }

        await pair.KillPrimaryAsync();
        await pair.PromoteAsync();
    }

    /// <summary>The old primary cannot acknowledge anything, because its replica has left it.</summary>
    private static async Task RequireFencedAsync(Journal old)
    {
        var writing = old.ExecuteAsync("insert into setting (name, value) values ('written-to-the-old', '1')");
        await Eventually.HoldsAsync(what: "the commit waits", condition: async () =>
            await old.ReadAsync<long>(
                "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and query like '%written-to-the-old%'") == 1);
        Assert.False(writing.IsCompleted);
        _ = writing.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
    }

    /// <summary>Sells a subscription for each id, in the near future, and returns what they must be billed for.</summary>
    private static async Task<Dictionary<string, Life>> SellAsync(Uri address)
    {
        using var client = new BillingClient(address, ServerSettings.AdminKey);
        await Eventually.HoldsAsync(
            what: "the gateway is ready", condition: async () => await client.StatusOfAsync("/health/ready") == 200);
        await DailyOffer.AddAsync(client);
        var start = BalancedMarketplace.Now + Duration.FromSeconds(10);
        var answers = await client.BulkAsync(Ids.Select(id =>
        {
            var line = DailyOffer.Line(id);
            line["start_at"] = start.ToString();
            return line;
        }));
        Assert.All(answers, answer => Assert.Equal(201, answer["status"]!.GetValue<int>()));
        return Ids.ToDictionary(id => id, _ => new Life(start, 1));
    }

    private static async Task MoreAsync(Load load, int commands)
    {
        var target = load.Acknowledged.Values.Sum() + commands;
        await Eventually.HoldsAsync(what: $"{commands} more commands", condition: () => load.Acknowledged.Values.Sum() >= target);
    }
}
