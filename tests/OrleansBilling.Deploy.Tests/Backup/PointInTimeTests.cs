using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>deploy/postgres/archive-wal.sh, base-backup.sh and restore-to.sh: a lost server is restored to a point in time.</summary>
public sealed class PointInTimeTests(ITestOutputHelper output)
{
    private const int Subscriptions = 200;

    /// <summary>A digest of every row that matters.</summary>
    private const string DigestSql =
        """
        select md5(
          (select string_agg(concat_ws(' ', id, version, due_at at time zone 'UTC', status, state), ',' order by id) from subscription)
          || (select string_agg(concat_ws(' ', subscription_id, sequence, type, data), ',' order by subscription_id, sequence) from history)
          || (select string_agg(concat_ws(' ', offer_id, day, metric, slice, value), ',' order by offer_id, day, metric, slice) from (
                select offer_id, day, metric, slice, sum(value) as value from (
                  select offer_id, day, metric, slice, value from statistic_day
                  union all select offer_id, day, metric, slice, value from statistic_delta) as s
                group by offer_id, day, metric, slice) as t))
        """;

    [NeedsFact(["postgres"])]
    public async Task A_restore_to_an_instant_is_just_what_was_acknowledged_by_then_and_goes_on_without_charging_twice()
    {
        await using var provider = await PaymentProvider.StartAsync(TimeSpan.Zero);
        await using var folder = await BackupFolder.MakeAsync();
        var ids = Enumerable.Range(1, Subscriptions).Select(n => $"s{n}").ToList();
        Dictionary<string, int> changed;
        string instant, digest;

        var archiving = new Dictionary<string, string>
        {
            ["archive_mode"] = "on", ["archive_command"] = folder.ArchiveCommand, ["full_page_writes"] = "on",
        };
        await using (var server = await PostgresServer.StartNewAsync(durable: false, archiving))
        {
            var connectionString = await server.CreateBillingDatabaseAsync("billing");
            await using var journal = new Journal(connectionString);
            await using var market = await VirtualMarketplace.OpenAsync(connectionString, provider.Address);
            await DailyOffer.AddAsync(market.Client);
            await DailyOffer.SubscribeAsync(market.Client, ids);
            await market.AdvanceToDayAsync(1);

            // The base backup runs under load. Everything after it exists only in the archived WAL.
            await using (var load = new Load(market.Address, ids))
            {
                load.Start(requestCallers: 3, streamCallers: 0);
                await folder.RunAsync(server.Port, "postgres", "base-backup.sh", folder.Path("base"));
                var during = load.Acknowledged.Values.Sum();
                await Eventually.HoldsAsync(
                    what: "commands after the base backup", condition: () => load.Acknowledged.Values.Sum() > during + 100);
                await load.StopAsync();
                changed = load.Acknowledged.ToDictionary();
            }

            // The restore target: everything acknowledged so far, and nothing of what follows.
            digest = await journal.ReadAsync<string>(DigestSql);
            instant = await journal.ReadAsync<string>("select clock_timestamp()::text");
            await using (var later = new Load(market.Address, ids))
            {
                later.Start(requestCallers: 3, streamCallers: 0);
                await DailyOffer.SubscribeAsync(market.Client, ["too-late"]);
                await Eventually.HoldsAsync(what: "commands after the instant", condition: () => later.Acknowledged.Values.Sum() > 100);
                await later.StopAsync();
            }

            await market.AdvanceToDayAsync(2);
            await ArchiveAllAsync(journal);
        }

        var chargedBefore = await provider.ReadCollectedAsync();
        await RestoreAsync(folder, instant, async restored =>
        {
            await using (var journal = new Journal(restored))
            {
                Assert.Equal(digest, await journal.ReadAsync<string>(DigestSql));
                await journal.ExecuteAsync("delete from cluster_member");
            }

            await using (var market = await VirtualMarketplace.OpenAsync(restored, provider.Address)) await market.AdvanceToDayAsync(2);
            var lives = ids.ToDictionary(id => id, _ => new Life(VirtualMarketplace.Start, 3));
            var book = await provider.ReadCollectedAsync();
            Assert.Equal(chargedBefore.Count, book.Count);
            var audited = await LedgerAudit.CheckAsync(
                restored, VirtualMarketplace.StartOfDay(2), lives, book.Where(charge => charge.Key[0] == 's').ToDictionary());
            LedgerAudit.CheckChanges(audited, changed);
            var changes = changed.Values.Sum();
            output.WriteLine($"Restored to {instant}: {changes} changes, as acknowledged by then; {book.Count} charges, none twice.");
        });

        // Restored to the end of the archive, what came after the instant is there too.
        await RestoreAsync(folder, "latest", async restored =>
        {
            await using var journal = new Journal(restored);
            Assert.Equal(1, await journal.ReadAsync<long>("select count(*) from subscription where id = 'too-late'"));
        });
    }

    /// <summary>Restores, starts a server on the result, waits for the end of recovery, checks, and stops the server.</summary>
    private static async Task RestoreAsync(BackupFolder folder, string instant, Func<string, Task> check)
    {
        var port = FreePort.Find();
        var data = folder.Path($"restored-{port}");
        await folder.RunAsync(port, "none", "restore-to.sh", folder.Path("base"), folder.Archive, data, instant);
        await folder.StartServerAsync(data, port);
        try
        {
            var restored = $"Host=127.0.0.1;Port={port};Username=postgres;Database=billing";
            await using (var journal = new Journal(restored))
            {
                await Eventually.HoldsAsync(
                    what: $"the server has reached {instant}",
                    condition: async () => !await journal.ReadAsync<bool>("select pg_is_in_recovery()"));
            }

            await check(restored);
        }
        finally
        {
            await folder.StopServerAsync(data);
        }
    }

    /// <summary>Closes the current WAL segment and waits until it is archived.</summary>
    private static async Task ArchiveAllAsync(Journal journal)
    {
        var last = await journal.ReadAsync<string>("select pg_walfile_name(pg_switch_wal())");
        await Eventually.HoldsAsync(what: $"{last} is archived", condition: async () =>
            await journal.ReadAsync<bool>($"select coalesce(last_archived_wal >= '{last}', false) from pg_stat_archiver"));
    }
}
