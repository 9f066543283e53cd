using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Search;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>What the search finds, at once after the commit or the edit that brought it.</summary>
public abstract class SearchConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly SearchScope Ana = new("ana", null);

    private ICustomerStore Customers => Storage.Customers;

    [StorageFact]
    public async Task Ids_are_found_by_their_beginning_in_their_own_case_and_by_whoever_owns_them()
    {
        await GivenAsync(Sold("sub_1", "ana", "cus_1"), Sold("sub_12", "bia", "cus_1"), Sold("sub_2", "ana", "cus_2"));
        await GivenAsync(Sold("Sub_1", "ana", "Cus_1"), Sold("sub", "bia", "cus_10"), Sold("suc", "bia", "cut"));

        Assert.Equal(["sub", "sub_1", "sub_12", "sub_2"], await FindAsync(new SearchLook.SubscriptionIds("sub")));
        Assert.Equal(["sub", "sub_1"], await FindAsync(new SearchLook.SubscriptionIds("sub"), limit: 2));
        Assert.Equal(["sub_1", "sub_12"], await FindAsync(new SearchLook.SubscriptionIds("sub_1")));
        Assert.Equal(["sub_1", "sub_2"], await FindAsync(new SearchLook.SubscriptionIds("sub"), Ana));
        Assert.Equal(["sub_1", "sub_12"], await FindAsync(new SearchLook.SubscriptionIds("sub"), new SearchScope(null, "cus_1")));
        Assert.Equal(["sub_12"], await FindAsync(new SearchLook.SubscriptionIds("sub"), new SearchScope("bia", "cus_1")));
        Assert.Empty(await FindAsync(new SearchLook.SubscriptionIds("sub_3")));

        Assert.Equal(["cus_1", "cus_10", "cus_2"], await FindAsync(new SearchLook.CustomerIds("cus")));
        Assert.Equal(["cus_1", "cus_2"], await FindAsync(new SearchLook.CustomerIds("cus"), Ana));
        Assert.Equal(["cus_1"], await FindAsync(new SearchLook.CustomerIds("cus"), new SearchScope(null, "cus_1")));
        Assert.Equal(["cus_1"], await FindAsync(new SearchLook.CustomerIds("cus"), new SearchScope("bia", "cus_1")));
        Assert.Empty(await FindAsync(new SearchLook.CustomerIds("cus"), new SearchScope("ana", "cus_10")));
    }

    [StorageFact]
    public async Task Mail_addresses_are_found_whole_and_by_their_beginning_in_any_case()
    {
        await GivenAsync(Sold("sub_1", "ana", "cus_1", "Maria@Example.com"), Sold("sub_2", "bia", "cus_2", "maria@example.com"));
        await GivenAsync(Sold("sub_3", "bia", "cus_3", "maria@example.com.br"), Sold("sub_4", "ana", "cus_4", "mario@example.com"));
        await GivenAsync(Sold("sub_5", "ana", "cus_5", "50%_off@example.com"));

        Assert.Equal(["cus_1", "cus_2"], await FindAsync(new SearchLook.Email("MARIA@example.com")));
        Assert.Equal(["cus_1"], await FindAsync(new SearchLook.Email("maria@example.com"), Ana));
        Assert.Equal(["cus_2"], await FindAsync(new SearchLook.Email("maria@example.com"), new SearchScope(null, "cus_2")));
        Assert.Empty(await FindAsync(new SearchLook.Email("maria@example.com"), new SearchScope("ana", "cus_2")));
        Assert.Equal(["cus_1", "cus_2", "cus_3", "cus_4"], await FindAsync(new SearchLook.Emails("MAR")));
        Assert.Equal(["cus_1", "cus_2"], await FindAsync(new SearchLook.Emails("mar"), limit: 2));
        Assert.Equal(["cus_1", "cus_4"], await FindAsync(new SearchLook.Emails("mar"), Ana));
        Assert.Equal(["cus_3"], await FindAsync(new SearchLook.Emails("mar"), new SearchScope(null, "cus_3")));
        Assert.Empty(await FindAsync(new SearchLook.Emails("mar"), new SearchScope("ana", "cus_3")));
        Assert.Equal(["cus_5"], await FindAsync(new SearchLook.Emails("50%_")));
        Assert.Empty(await FindAsync(new SearchLook.Emails("5%")));

        Assert.True(await Customers.ReplaceAsync(
            await CustomerAsync("cus_1"), new CustomerProfile("cus_1", Now) { Revision = 2, Email = "zoe@example.com" },
            CancellationToken.None));
        Assert.Equal(["cus_1"], await FindAsync(new SearchLook.Email("zoe@example.com"), Ana));
        Assert.Empty(await FindAsync(new SearchLook.Email("maria@example.com"), Ana));
    }

    [StorageFact]
    public async Task Names_are_found_by_each_of_their_words_and_follow_every_edit()
    {
        await NameAsync("cus_1", "Maria  da SILVA");
        await NameAsync("cus_2", "Émile O'Brien-Silva");
        await NameAsync("cus_3", null);
        await GivenAsync(Sold("sub_1", "ana", "cus_1"), Sold("sub_2", "bia", "cus_2"), Sold("sub_3", "ana", "cus_3"));

        Assert.Equal(["cus_1"], await NamedAsync("mar"));
        Assert.Equal(["cus_1"], await NamedAsync("Maria da s"));
        Assert.Equal(["cus_1"], await NamedAsync("DA SIL"));
        Assert.Equal(["cus_2"], await NamedAsync("ÉM"));
        Assert.Equal(["cus_2"], await NamedAsync("bri"));
        Assert.Equal(["cus_1", "cus_2"], await NamedAsync("silva"));
        Assert.Equal(["cus_1"], await NamedAsync("silva", Ana));
        Assert.Equal(["cus_2"], await NamedAsync("silva", new SearchScope(null, "cus_2")));
        Assert.Empty(await NamedAsync("silva", new SearchScope("ana", "cus_2")));
        Assert.Empty(await NamedAsync("lva"));

        var before = await CustomerAsync("cus_1");
        Assert.True(await Customers.ReplaceAsync(before, before with { Revision = 2, Name = "Maria Souza" }, CancellationToken.None));
        Assert.False(await Customers.ReplaceAsync(before, before with { Revision = 2, Name = "Eve" }, CancellationToken.None));
        Assert.False(await Customers.AddAsync(before with { Name = "Eve" }, CancellationToken.None));
        Assert.Equal(["cus_1"], await NamedAsync("maria", Ana));
        Assert.Equal(["cus_1"], await NamedAsync("souza"));
        Assert.Equal(["cus_2"], await NamedAsync("silva"));
        Assert.Empty(await NamedAsync("eve"));

        var named = await CustomerAsync("cus_1");
        Assert.True(await Customers.ReplaceAsync(named, named with { Revision = 3, Name = null }, CancellationToken.None));
        Assert.Empty(await NamedAsync("maria"));
    }

    [StorageFact]
    public async Task Names_of_before_are_filled_in_unless_they_were_edited_since()
    {
        for (var n = 0; n < ICustomerStore.BatchMax + 2; n++) await NameAsync($"cus_{n}", $"Silva {n}");
        var old = await CustomerAsync("cus_1");
        Assert.True(await Customers.ReplaceAsync(old, old with { Revision = 2, Name = "Souza" }, CancellationToken.None));
        await Database.ExecuteAsync("delete from customer_word");

        await Customers.AddWordsAsync([old], CancellationToken.None);
        Assert.Empty(await NamedAsync("silva"));
        using var fill = new NameFill(Customers, Storage.Settings, TimeProvider.System, NullLogger<NameFill>.Instance);
        for (var time = 0; time < 2; time++) await fill.FillAsync(CancellationToken.None);

        Assert.Equal(["cus_1"], await NamedAsync("souza"));
        Assert.Equal(["cus_0"], await NamedAsync("silva 0"));
        Assert.Equal(["cus_501"], await NamedAsync("silva 501"));
        Assert.Empty(await NamedAsync("silva 1", new SearchScope(null, "cus_1")));
        Assert.Equal(NameFill.Everyone, await Storage.Settings.ReadAsync(NameFill.Setting, CancellationToken.None));
    }

    [StorageFact]
    public async Task Invoices_are_found_by_the_number_that_each_seller_gave()
    {
        await GivenAsync(
            Sold("sub_1", "ana", "cus_1", documents: [Invoice(1, "ana"), CreditNote(1, "ana"), Invoice(2, "ana")]),
            Sold("sub_2", "bia", "cus_2", documents: [Invoice(1, "bia"), Invoice(2, "bia")]));
        await Storage.Documents.AssignAsync(10, CancellationToken.None);

        Assert.Equal(["sub_1:2", "sub_2:2"], await NumberedAsync(2, SearchScope.Everything));
        Assert.Equal(["sub_1:1"], await NumberedAsync(1, Ana));
        Assert.Equal(["sub_2:2"], await NumberedAsync(2, new SearchScope(null, "cus_2")));
        Assert.Equal(["sub_2:2"], await NumberedAsync(2, new SearchScope("bia", "cus_2")));
        Assert.Empty(await NumberedAsync(2, new SearchScope("ana", "cus_2")));
        Assert.Empty(await NumberedAsync(3, SearchScope.Everything));
    }

    [StorageFact]
    public async Task The_last_subscriptions_of_customers_are_found()
    {
        await GivenAsync([.. Enumerable.Range(1, 4).Select(n => Sold($"sub_{n}", n == 2 ? "bia" : "ana", "cus_1"))]);
        await GivenAsync(Sold("sub_9", "bia", "cus_2"));

        Assert.Equal(["sub_4", "sub_3", "sub_9"], await FindAsync(new SearchLook.SubscriptionsOf(["cus_1", "cus_2"]), limit: 2));
        Assert.Equal(["sub_4", "sub_3", "sub_1"], await FindAsync(new SearchLook.SubscriptionsOf(["cus_1", "cus_2"]), Ana));
        Assert.Equal(["sub_9"], await FindAsync(new SearchLook.SubscriptionsOf(["cus_1", "cus_2"]), new SearchScope(null, "cus_2")));
    }

    private static JournalCommit Sold(
        string id, string sellerId, string customerId, string? email = null, IssuedDocument[]? documents = null) =>
        Commit(id, directory: Entry with { SellerId = sellerId, CustomerId = customerId }, documents: documents) with
        {
            Customer = new NamedCustomer(customerId, sellerId, email, null, Now),
        };

    private async Task NameAsync(string id, string? name) =>
        Assert.True(await Customers.AddAsync(new CustomerProfile(id, Now) { Name = name }, CancellationToken.None));

    private async Task<CustomerProfile> CustomerAsync(string id) =>
        Assert.Single(await Customers.FindAsync([id], CancellationToken.None));

    private Task<List<string>> NamedAsync(string start, SearchScope? scope = null) =>
        FindAsync(new SearchLook.Names(CustomerNames.Fold(start)), scope);

    private async Task<List<string>> NumberedAsync(long number, SearchScope scope) =>
        [.. (await Storage.Search.FindAsync(new SearchLook.InvoiceNumber(number), scope, 10, CancellationToken.None))
            .Select(row => $"{row.Id}:{row.Ordinal}")];

    private async Task<List<string>> FindAsync(SearchLook look, SearchScope? scope = null, int limit = 10) =>
        [.. (await Storage.Search.FindAsync(look, scope ?? SearchScope.Everything, limit, CancellationToken.None)).Select(row => row.Id)];
}
