using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>A database created by an older release.</summary>
/// <param name="createDatabase">Creates an empty database.</param>
/// <param name="folder">The folder of the database's scripts.</param>
/// <param name="oldRows">A row of each kind that existed then, as that release wrote it.</param>
public abstract class UpgradeConformance(Func<Task<TestDatabase>> createDatabase, string folder, string oldRows) : IAsyncLifetime
{
    /// <summary>The schema of the first release.</summary>
    private const int OldVersion = 5;

    /// <summary>The last schema in which a coupon's id was its code.</summary>
    private const int BeforeCodes = 14;

    protected const string OldProduct =
        """
        {"id":"course","seller_id":"ana","name":"Course","time_zone":"America/Sao_Paulo",
         "dunning":{"max_retries":5,"window_days":30,"schedule_days":[1,3,5,7,7],"move_billing_date":false,"on_exhausted":"cancel"},
         "trial_without_payment_method":"past_due"}
        """;

    protected const string OldPlan =
        """
        {"id":"monthly","product_id":"course","name":"Monthly","interval":{"unit":"month","count":1},"trial_days":7,"recurrences":12,
         "dunning":null}
        """;

    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        database = await createDatabase();
        await database.ExecuteAsync("create table schema_version (version integer primary key, name text not null)");
        foreach (var (number, name, text) in EmbeddedSql.ReadScripts(folder).Where(script => script.Number <= OldVersion))
        {
            await database.ExecuteAsync(text);
            await database.ExecuteAsync($"insert into schema_version (version, name) values ({number}, '{name}')");
        }

        await database.ExecuteAsync(oldRows);
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [StorageFact]
    public async Task What_the_first_release_wrote_is_read_by_this_one()
    {
        await using var storage = await database.OpenUpgradedAsync();

        var stored = await storage.Journal.LoadAsync("sub-1", CancellationToken.None);
        Assert.Equal((2L, "{\"id\":\"sub-1\"}"), (stored!.Version, Text(stored.State)));
        var due = new List<DueSubscription>();
        for (var group = 0; group < storage.Due.GroupCount; group++)
            due.AddRange(await storage.Due.ReadDueAsync(group, Now, null, 10, CancellationToken.None));
        Assert.Equal(Now, Assert.Single(due).DueAt);
        Assert.Equal(
            [(1, Now, "subscribed"), (2, Now, "charged")],
            (await storage.Journal.ReadEventsAsync("sub-1", 0, 10, CancellationToken.None)).Select(e => ((int)e.Sequence, e.At, e.Type)));
        Assert.Single(
            await storage.Directory.ListAsync(
                new DirectoryFilter { CustomerId = "bob", Status = SubscriptionStatus.PastDue }, null, 10, CancellationToken.None));
        Assert.Equal(new Caller(Role.Customer, "bob", "ana"), (await storage.ApiKeys.FindAsync("hash-1", CancellationToken.None))!.Caller);
        Assert.Equal("2024-01-31T00:00:00Z", await storage.Settings.ReadAsync("clock", CancellationToken.None));
    }

    [StorageFact]
    public async Task An_old_catalog_has_the_defaults_of_what_it_does_not_say()
    {
        await using var storage = await database.OpenUpgradedAsync();

        var product = (await storage.Catalog.FindProductAsync("course", CancellationToken.None))!;
        var bare = Catalogs.BareProduct("course") with { SellerId = "ana", Name = "Course", TimeZone = "America/Sao_Paulo" };
        Assert.Equal(["TrialWithoutPaymentMethod"], Differences(product, bare));
        var plan = (await storage.Catalog.FindPlanAsync("monthly", CancellationToken.None))!;
        Assert.Equal(["Interval", "Name", "Recurrences", "TrialDays"], Differences(plan, Catalogs.BarePlan("monthly", "course")));
        var offer = (await storage.Catalog.FindOfferAsync("launch", null, CancellationToken.None))!;
        Assert.Equal(["Amount", "Currency"], Differences(offer, Catalogs.BareOffer("launch", "monthly")));
        Assert.Equal((2, 2_990L, "BRL"), (offer.Version, offer.Amount, offer.Currency));
    }

    [StorageFact]
    public async Task Old_counters_are_dropped_and_what_is_committed_before_the_recount_is_counted_by_it()
    {
        await using var storage = await database.OpenUpgradedAsync();
        var further = Commit(
            "sub-1", expected: 2, balances: [Balance(1)], messages: [Message(3)], documents: [Invoice(1)], usageKeys: ["key"],
            deltas: [Delta(20, "launch")]);

        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(further, CancellationToken.None));
        Assert.Equal(1, await storage.Documents.AssignAsync(10, CancellationToken.None));
        Assert.Single(await storage.Outbox.ReadAsync("seller-1", 10, CancellationToken.None));

        await Assert.ThrowsAsync<StatisticsRebuildingException>(() => ReadAsync(storage));
        var uncounted = Assert.Single(await storage.Recount.ReadUncountedAsync(null, 10, CancellationToken.None));
        Assert.Equal(new UncountedSubscription("sub-1", 3, 0), uncounted);
        Assert.False(await storage.Recount.TryCompleteAsync(CancellationToken.None));
        Assert.Equal(
            1, await storage.Recount.WriteAsync([new RecountedSubscription(uncounted, [Delta(7, "launch")])], CancellationToken.None));
        Assert.True(await storage.Recount.TryCompleteAsync(CancellationToken.None));
        Assert.Equal([new StatisticRow(100, "BRL", "", StatisticMetric.Active, null, 7)], await ReadAsync(storage));

        // From now on, commits are counted as they happen.
        await storage.Journal.CommitAsync(Commit("sub-1", expected: 3, deltas: [Delta(20, "launch")]), CancellationToken.None);
        Assert.Equal([new StatisticRow(100, "BRL", "", StatisticMetric.Active, null, 27)], await ReadAsync(storage));
    }

    /// <summary>
    /// Ids of one seller that differ only in case used to be different codes. Each is still found when typed in its original case.
    /// </summary>
    [StorageFact]
    public async Task Coupons_of_before_have_their_id_as_code()
    {
        foreach (
            var (number, name, text) in EmbeddedSql.ReadScripts(folder).Where(script => script.Number is > OldVersion and <= BeforeCodes))
        {
            await database.ExecuteAsync(text);
            await database.ExecuteAsync($"insert into schema_version (version, name) values ({number}, '{name}')");
        }

        foreach (
            var (id, seller) in new[] { ("SPRING", "ana"), ("Spring", "ana"), ("autumn", "ana"), ("AUTUMN", "ana"), ("Winter", "ben") })
        {
            var data =
                $$$"""{"id":"{{{id}}}","seller_id":"{{{seller}}}","plan_ids":[],"reduction":{"milli_percent":50000,"amount":null}}""";
            await database.ExecuteAsync($"insert into coupon (id, data) values ('{id}', '{data}')");
        }

        await using var storage = await database.OpenUpgradedAsync();

        Assert.Equal("SPRING", await FindAsync("ana", "SPRING"));
        Assert.Equal("Spring", await FindAsync("ana", "Spring"));
        Assert.Equal("SPRING", await FindAsync("ana", "spring"));
        Assert.Equal("autumn", await FindAsync("ana", "autumn"));
        Assert.Equal("AUTUMN", await FindAsync("ana", "AUTUMN"));
        Assert.Equal("Winter", await FindAsync("ben", "winter"));
        Assert.Null(await FindAsync("ana", "winter"));
        Assert.False(
            await storage.Coupons.AddAsync(Catalogs.BareCoupon("new") with { SellerId = "ben", Code = "WINTER" }, CancellationToken.None));

        async Task<string?> FindAsync(string seller, string code)
        {
            var found = await storage.Coupons.FindByCodeAsync(seller, code, CancellationToken.None);
            Assert.Equal(found?.Id, found?.Code);
            return found?.Id;
        }
    }

    private static Task<IReadOnlyList<StatisticRow>> ReadAsync(BillingStorage storage) =>
        storage.Statistics.ReadAsync(new StatisticsFilter(), 100, 100, StatisticsGrouping.None, CancellationToken.None).AsTask();

    private static IEnumerable<string> Differences<T>(T value, T other) =>
        typeof(T).GetProperties().Select(property => property.Name).Except(EveryProperty.AlikeIn(value, other)).Except(["EqualityContract"])
            .Order(StringComparer.Ordinal);
}
