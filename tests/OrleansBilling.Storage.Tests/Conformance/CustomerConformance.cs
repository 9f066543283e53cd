using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Sellers;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Customers: those that commits name, those that are added, edits and lists; and the profiles of sellers.</summary>
public abstract class CustomerConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private ICustomerStore Customers => Storage.Customers;

    [StorageFact]
    public async Task A_commit_makes_the_customer_that_it_names_and_leaves_a_known_one_as_it_is()
    {
        await GivenAsync(Named("sub-1", "alice", "alice@example.com", "BR"));
        await GivenAsync(Named("sub-2", "alice", "eve@example.com", "PT", "seller-2", Now + Duration.FromDays(1)));
        await GivenAsync(Named("sub-3", "bob", "bob@example.com", null), Named("sub-4", "bob", "eve@example.com", "PT"));

        Assert.Equal(new CustomerProfile("bob", Now) { Email = "bob@example.com" }, await FindAsync("bob"));
        var alice = Assert.Single(await Customers.FindAsync(["alice", "nobody"], CancellationToken.None));
        Assert.Equal(new CustomerProfile("alice", Now) { Email = "alice@example.com", Country = "BR" }, alice);
        Assert.True(await Customers.IsKnownToAsync("alice", "seller-1", CancellationToken.None));
        Assert.True(await Customers.IsKnownToAsync("alice", "seller-2", CancellationToken.None));
        Assert.False(await Customers.IsKnownToAsync("alice", "seller-3", CancellationToken.None));
    }

    [StorageFact]
    public async Task A_commit_adds_a_mail_address_that_is_missing_unless_the_customer_was_edited()
    {
        await GivenAsync(Named("sub-1", "alice", null, null), Named("sub-2", "bob", null, "BR"));
        Assert.True(await Customers.ReplaceAsync(
            await FindAsync("bob"), new CustomerProfile("bob", Now) { Revision = 2 }, CancellationToken.None));
        await CommitAllAsync(
        [
            Named("sub-3", "alice", "alice@example.com", "PT"), Named("sub-4", "bob", "bob@example.com", null),
            Named("sub-5", "alice", null, null),
        ]);

        Assert.Equal(new CustomerProfile("alice", Now) { Email = "alice@example.com", Country = "PT" }, await FindAsync("alice"));
        Assert.Equal(new CustomerProfile("bob", Now) { Revision = 2 }, await FindAsync("bob"));
    }

    [StorageFact]
    public async Task A_commit_that_loses_makes_no_customer()
    {
        await GivenAsync(Commit("sub-1"));
        var outcomes = await CommitAllAsync([Named("sub-1", "eve", null, null), Named("sub-2", "bob", null, null)]);

        Assert.Equal([CommitOutcome.Conflict, CommitOutcome.Committed], outcomes);
        Assert.Equal(["bob"], (await Customers.FindAsync(["eve", "bob"], CancellationToken.None)).Select(one => one.Id));
        Assert.False(await Customers.IsKnownToAsync("eve", "seller-1", CancellationToken.None));
    }

    [StorageFact]
    public async Task Many_sales_to_few_customers_at_once_all_succeed()
    {
        var outcomes = await CommitAllAsync(Enumerable.Range(0, 600).Select(n =>
            Named($"sub-{n}", $"customer-{(n * 7) % 20}", $"{n}@example.com", null, $"seller-{n % 3}")));

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        var ids = Enumerable.Range(0, 20).Select(n => $"customer-{n}").ToList();
        Assert.Equal(20, (await Customers.FindAsync(ids, CancellationToken.None)).Count);
        foreach (var id in ids) Assert.True(await Customers.IsKnownToAsync(id, "seller-2", CancellationToken.None));
    }

    [StorageFact]
    public async Task Every_field_is_stored_and_an_edit_that_comes_second_is_refused()
    {
        var whole = new CustomerProfile("alice", Now)
        {
            Email = "alice@example.com", Name = "Alice äöü €", Country = "BR", Locale = "pt-BR", TaxId = "123", TakesMails = false,
            Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"),
        };
        Assert.True(await Customers.AddAsync(whole, CancellationToken.None));
        Assert.False(await Customers.AddAsync(whole with { Name = "Eve" }, CancellationToken.None));
        Assert.Equal(EveryProperty.Of(whole), EveryProperty.Of(await FindAsync("alice")));

        var bare = new CustomerProfile("alice", Now) { Revision = 2 };
        Assert.False(await Customers.ReplaceAsync(whole with { Email = null }, bare, CancellationToken.None));
        Assert.True(await Customers.ReplaceAsync(whole, bare, CancellationToken.None));
        Assert.False(await Customers.ReplaceAsync(whole, whole with { Revision = 2 }, CancellationToken.None));
        Assert.Equal(EveryProperty.Of(bare), EveryProperty.Of(await FindAsync("alice")));
        var nobody = new CustomerProfile("bob", Now);
        Assert.False(await Customers.ReplaceAsync(nobody, nobody with { Revision = 2 }, CancellationToken.None));
    }

    [StorageFact]
    public async Task Customers_from_before_get_what_they_lack_unless_they_were_edited()
    {
        await GivenAsync(Named("sub-1", "alice", null, null), Named("sub-2", "bob", null, null));
        Assert.True(await Customers.ReplaceAsync(
            await FindAsync("bob"), new CustomerProfile("bob", Now) { Revision = 2 }, CancellationToken.None));
        NamedCustomer[] named =
        [
            new("alice", "seller-1", null, "BR", Now), new("alice", "seller-2", "alice@example.com", "PT", Now),
            new("bob", "seller-2", "bob@example.com", null, Now), new("cleo", "seller-1", "cleo@example.com", null, Now),
            new("cleo", "seller-1", "other@example.com", null, Now),
        ];
        for (var time = 0; time < 2; time++) await Customers.AddNamedAsync(named, CancellationToken.None);
        await Customers.AddNamedAsync([], CancellationToken.None);

        Assert.Equal(new CustomerProfile("alice", Now) { Email = "alice@example.com", Country = "BR" }, await FindAsync("alice"));
        Assert.Equal(new CustomerProfile("bob", Now) { Revision = 2 }, await FindAsync("bob"));
        Assert.Equal(new CustomerProfile("cleo", Now) { Email = "cleo@example.com" }, await FindAsync("cleo"));
        Assert.True(await Customers.IsKnownToAsync("bob", "seller-2", CancellationToken.None));
    }

    [StorageFact]
    public async Task Customers_are_listed_newest_first_in_pages_by_every_filter()
    {
        for (var n = 0; n < 6; n++)
        {
            var at = Now + Duration.FromHours(n / 2);
            await GivenAsync(Named($"sub-{n}", $"c{n}", $"C{n % 2}@Example.com", null, n < 3 ? "ana" : "bia", at));
        }

        await GivenAsync(Named("sub-6", "c0", null, null, "bia", Now + Duration.FromDays(9)));

        Assert.Equal(["c5", "c4", "c3", "c2", "c1", "c0"], await PagesAsync(new()));
        Assert.Equal(["c2", "c1", "c0"], await PagesAsync(new() { SellerIds = ["ana"] }));
        Assert.Equal(["c5", "c4", "c3", "c0"], await PagesAsync(new() { SellerIds = ["bia"] }));
        Assert.Equal(["c5", "c4", "c3", "c2", "c1", "c0"], await PagesAsync(new() { SellerIds = ["bia", "nobody", "ana", "ana"] }));
        Assert.Equal(["c4", "c2", "c0"], await PagesAsync(new() { Emails = ["c0@example.COM"] }));
        Assert.Equal(["c4", "c0"], await PagesAsync(new() { Emails = ["c0@example.com"], SellerIds = ["bia"] }));
        Assert.Equal(["c5", "c4", "c3", "c2", "c1", "c0"], await PagesAsync(new() { Emails = ["c1@example.com", "c0@example.com"] }));
        Assert.Equal(
            ["c3", "c2"],
            await PagesAsync(new() { CreatedFrom = Now + Duration.FromHours(1), CreatedTo = Now + Duration.FromHours(2) }));
        Assert.Equal(
            ["c3"],
            await PagesAsync(
                new() { CreatedFrom = Now + Duration.FromHours(1), CreatedTo = Now + Duration.FromHours(2), SellerIds = ["bia"] }));
        Assert.Empty(await PagesAsync(new() { SellerIds = ["nobody"] }));
    }

    [StorageFact]
    public async Task A_sellers_profile_is_stored_whole_and_an_edit_that_comes_second_is_refused()
    {
        Assert.Null(await Storage.Sellers.FindAsync("acme", CancellationToken.None));
        var whole = new SellerProfile("acme", "Acme äöü €")
        {
            LegalName = "Acme Ltda", Address = new SellerAddress(["Rua A 1"], "São Paulo", "SP", "01304", "BR"), TaxId = "1",
            Email = "hi@acme.example", Locale = "pt-BR", TimeZone = "America/Sao_Paulo", ReturnUrls = ["https://acme.example"],
        };
        Assert.True(await Storage.Sellers.SaveAsync(whole, CancellationToken.None));
        Assert.False(await Storage.Sellers.SaveAsync(whole with { Name = "Eve" }, CancellationToken.None));
        Assert.Equal(EveryProperty.Of(whole), EveryProperty.Of((await Storage.Sellers.FindAsync("acme", CancellationToken.None))!));

        var bare = new SellerProfile("acme", "Acme") { Revision = 2 };
        Assert.True(await Storage.Sellers.SaveAsync(bare, CancellationToken.None));
        Assert.False(await Storage.Sellers.SaveAsync(whole with { Revision = 2 }, CancellationToken.None));
        Assert.Equal(EveryProperty.Of(bare), EveryProperty.Of((await Storage.Sellers.FindAsync("acme", CancellationToken.None))!));
    }

    [StorageFact]
    public async Task Rows_with_a_mail_address_are_found_by_range_and_replaced_unless_they_moved()
    {
        var (old, mended) = ("""{"state":{"customer":{"email":"é@x"}}}"""u8.ToArray(), """{"state":{"customer":{}}}"""u8.ToArray());
        foreach (var id in new[] { "sub-1", "sub-2", "sub-3", "sub-4" })
        {
            var made = Commit(id, messages: [Message(1) with { Data = old }]);
            await GivenAsync(made with { State = old, Checkpoint = old, Events = [made.Events[0] with { Data = old }] });
        }

        await GivenAsync(Commit("sub-5"));
        var found = await Storage.Persons.FindAsync("sub-1", "sub-3", CancellationToken.None);
        (PersonPlace, string, long)[] expected =
        [
            (PersonPlace.Snapshot, "sub-2", 1), (PersonPlace.Snapshot, "sub-3", 1), (PersonPlace.Event, "sub-2", 1),
            (PersonPlace.Event, "sub-3", 1), (PersonPlace.Checkpoint, "sub-2", 1), (PersonPlace.Checkpoint, "sub-3", 1),
        ];
        Assert.Equal(expected.Order(), found.Select(row => (row.Place, row.SubscriptionId, row.Number)).Order());
        Assert.All(found, row => Assert.Equal(old, row.Data));
        var messages = await Storage.Persons.FindMessagesAsync(0, 3, CancellationToken.None);
        Assert.Equal(3, messages.Count);
        Assert.Single(await Storage.Persons.FindMessagesAsync(messages[^1].Number, 3, CancellationToken.None));

        await GivenAsync(Commit("sub-3", expected: 1) with { State = "{}"u8.ToArray() });
        await Storage.Persons.ReplaceAsync(
            [.. found.Concat(messages).Select(row => row with { Data = mended })], CancellationToken.None);

        Assert.Empty(await Storage.Persons.FindAsync("sub-1", "sub-3", CancellationToken.None));
        Assert.Single(await Storage.Persons.FindMessagesAsync(0, 3, CancellationToken.None));
        Assert.Equal(mended, (await Journal.LoadAsync("sub-2", CancellationToken.None))!.State);
        Assert.Equal("{}"u8.ToArray(), (await Journal.LoadAsync("sub-3", CancellationToken.None))!.State);
        var kept = await Journal.ReadEventsAsync("sub-3", new EventRange(0, 10), CancellationToken.None);
        Assert.Equal(mended, kept.Events[0].Data);
        Assert.Equal(3, (await Storage.Persons.FindAsync(null, "sub-1", CancellationToken.None)).Count);
    }

    private static JournalCommit Named(
        string id, string customerId, string? email, string? country, string sellerId = "seller-1", Instant? at = null) =>
        Commit(id) with { Customer = new NamedCustomer(customerId, sellerId, email, country, at ?? Now) };

    private async Task<CustomerProfile> FindAsync(string id) =>
        Assert.Single(await Customers.FindAsync([id], CancellationToken.None));

    private async Task<List<string>> PagesAsync(CustomerFilter filter)
    {
        var ids = new List<string>();
        CustomerPlace? after = null;
        while (await Customers.ListAsync(filter, after, 2, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            ids.AddRange(page.Select(customer => customer.Id));
            after = new CustomerPlace(page[^1].CreatedAt, page[^1].Id);
        }

        return ids;
    }
}
