using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>deploy/postgres/dump.sh and restore.sh: a database is dumped under load, lost, and restored on another server.</summary>
public sealed class DumpTests(ITestOutputHelper output)
{
    private const int Subscriptions = 300;

    [NeedsFact(["postgres"])]
    public async Task A_restored_dump_holds_what_was_acknowledged_before_it_began_and_goes_on_without_charging_twice()
    {
        await using var provider = await PaymentProvider.StartAsync(TimeSpan.Zero);
        await using var folder = await BackupFolder.MakeAsync();
        var ids = Enumerable.Range(1, Subscriptions).Select(n => $"s{n}").ToList();
        var signedUp = new List<string>();
        Dictionary<string, int> changedBefore;
        List<string> signedUpBefore;

        // Days 0 and 1 are billed, then the dump runs under load. Day 2 is billed after it, and then the database is lost.
        await using (var server = await PostgresServer.StartNewAsync(durable: false))
        {
            await using var market = await VirtualMarketplace.OpenAsync(
                await server.CreateBillingDatabaseAsync("billing"), provider.Address);
            await DailyOffer.AddAsync(market.Client);
            await DailyOffer.SubscribeAsync(market.Client, ids);
            await market.AdvanceToDayAsync(1);

            await using var load = new Load(market.Address, ids);
            using var enough = new CancellationTokenSource();
            load.Start(requestCallers: 3, streamCallers: 0);
            var signingUp = market.SubscribeUntilAsync(signedUp, enough.Token);
            await Eventually.HoldsAsync(
                what: "some commands are acknowledged", condition: () => load.Acknowledged.Count > 100 && Count(signedUp) > 20);
            changedBefore = load.Acknowledged.ToDictionary();
            lock (signedUp) signedUpBefore = [.. signedUp];
            await folder.RunAsync(server.Port, "billing", "dump.sh", folder.Path("dump"));
            var (acknowledged, newcomers) = (load.Acknowledged.Values.Sum(), Count(signedUp));
            Assert.True(
                acknowledged > changedBefore.Values.Sum() && newcomers > signedUpBefore.Count,
                "Nothing went on during the dump; the test proved nothing.");
            await Eventually.HoldsAsync(
                what: "life goes on after the dump",
                condition: () => load.Acknowledged.Values.Sum() > acknowledged + 20 && Count(signedUp) > newcomers);
            await enough.CancelAsync();
            await signingUp;
            await load.StopAsync();
            await market.AdvanceToDayAsync(2);
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => folder.RunAsync(server.Port, "billing", "dump.sh", folder.Path("dump")));
        }

        var chargedBefore = await provider.ReadCollectedAsync();
        await using var copy = await PostgresServer.StartNewAsync(durable: false);
        await folder.RunAsync(copy.Port, "billing", "restore.sh", folder.Path("dump"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => folder.RunAsync(copy.Port, "billing", "restore.sh", folder.Path("dump")));

        // The copy must not count as a member of the original's cluster.
        await using (var journal = new Journal(copy.ConnectionString("billing")))
            Assert.Equal(0, await journal.ReadAsync<long>("select count(*) from cluster_member"));

        await using (var restored = await VirtualMarketplace.OpenAsync(copy.ConnectionString("billing"), provider.Address))
        {
            var stored = (await restored.Client.ListAsync("/v1/subscriptions"))
                .Select(subscription => subscription["id"]!.GetValue<string>()).ToHashSet();
            Assert.Empty(ids.Concat(signedUpBefore).Except(stored));
            Assert.True(stored.Count < ids.Count + signedUp.Count, "Everybody is in the dump, also who came after it.");
            var asDumped = await DatabaseAudit.OfPostgresAsync(
                copy.ConnectionString("billing"), VirtualMarketplace.StartOfDay(1), book: null);
            Assert.Equal(stored.Count, asDumped.Count);
            await restored.AdvanceToDayAsync(2);
        }

        // Day 2 is billed again with the same keys, so the provider collects nothing twice.
        var lives = await ReadLivesAsync(copy.ConnectionString("billing"));
        var book = await provider.ReadCollectedAsync();
        Assert.Equal(chargedBefore.Count, book.Count);
        var audited = await LedgerAudit.CheckAsync(
            copy.ConnectionString("billing"), VirtualMarketplace.StartOfDay(2), lives, OfThese(book, lives));
        Assert.All(changedBefore, change => Assert.InRange(LedgerAudit.ChangesOf(audited[change.Key]), change.Value, int.MaxValue));
        var after = signedUp.Count + ids.Count - lives.Count;
        output.WriteLine($"{lives.Count} subscriptions restored, {after} came after the dump; {book.Count} charges collected, none twice.");
    }

    /// <summary>Three days for subscriptions of the first day, two for those that signed up on the second.</summary>
    private static async Task<Dictionary<string, Life>> ReadLivesAsync(string connectionString)
    {
        await using var journal = new Journal(connectionString);
        return (await journal.ReadAsync<string[]>("select array_agg(id) from subscription")).ToDictionary(
            id => id,
            id => id[0] == 's'
                ? new Life(VirtualMarketplace.Start, 3)
                : new Life(VirtualMarketplace.Start + NodaTime.Duration.FromDays(1), 2));
    }

    private static Dictionary<string, long> OfThese(Dictionary<string, long> book, Dictionary<string, Life> lives) =>
        book.Where(charge => lives.ContainsKey(charge.Key.Split(':')[0])).ToDictionary();

    private static int Count(List<string> list)
    {
        lock (list) return list.Count;
    }
}
