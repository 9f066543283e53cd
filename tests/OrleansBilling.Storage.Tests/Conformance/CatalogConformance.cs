using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class CatalogConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Whatever_a_product_a_plan_and_an_offer_say_comes_back_as_it_was()
    {
        await AddAsync("product-1", "plan-1", "offer-1");
        var (product, plan, offer) = (Catalogs.BareProduct("bare"), Catalogs.BarePlan("bare", "bare"), Catalogs.BareOffer("bare", "bare"));
        Assert.True(await Storage.Catalog.AddAsync(product, CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(plan, CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(offer, CancellationToken.None));

        await AssertFoundAsync("product-1", "plan-1", "offer-1");
        Assert.Equal(EveryProperty.Of(product), EveryProperty.Of(await Storage.Catalog.FindProductAsync("bare", CancellationToken.None)));
        Assert.Equal(EveryProperty.Of(plan), EveryProperty.Of(await Storage.Catalog.FindPlanAsync("bare", CancellationToken.None)));
        Assert.Equal(EveryProperty.Of(offer), EveryProperty.Of(await Storage.Catalog.FindOfferAsync("bare", 2, CancellationToken.None)));
    }

    /// <summary>Fails if a property was added to the domain but not to these tests.</summary>
    [StorageFact]
    public void The_whole_entries_of_these_tests_differ_from_the_bare_ones_in_every_property()
    {
        Assert.Empty(EveryProperty.AlikeIn(Catalogs.Product(), Catalogs.BareProduct("bare")));
        Assert.Empty(EveryProperty.AlikeIn(Catalogs.Plan(), Catalogs.BarePlan("bare", "bare")));
        Assert.Empty(EveryProperty.AlikeIn(Catalogs.Offer(), Catalogs.BareOffer("bare", "bare")));
        Assert.Empty(EveryProperty.AlikeIn(Catalogs.Coupon(), Catalogs.BareCoupon("bare")));
    }

    [StorageFact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Storage.Catalog.FindProductAsync("nothing", CancellationToken.None));
        Assert.Null(await Storage.Catalog.FindPlanAsync("nothing", CancellationToken.None));
        Assert.Null(await Storage.Catalog.FindOfferAsync("nothing", null, CancellationToken.None));
        Assert.Null(await Storage.Catalog.FindOfferAsync("nothing", 1, CancellationToken.None));
    }

    [StorageFact]
    public async Task What_a_seller_has_is_counted_as_it_is_added()
    {
        await Catalogs.AddMarketAsync(Storage);
        var before = await CountAsync("seller-9");
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.BareProduct("counted"), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.BarePlan("counted", "counted"), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer("counted", plan: "counted"), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer("counted", version: 2, plan: "counted"), CancellationToken.None));
        Assert.True(await Storage.Coupons.AddAsync(Catalogs.BareCoupon("counted") with { SellerId = "seller-9" }, CancellationToken.None));

        // Refused entries are not counted.
        Assert.False(await Storage.Catalog.AddAsync(Catalogs.BareProduct("counted"), CancellationToken.None));
        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Offer("counted", version: 2, plan: "counted"), CancellationToken.None));
        Assert.False(await Storage.Coupons.AddAsync(Catalogs.BareCoupon("counted") with { SellerId = "seller-9" }, CancellationToken.None));

        var added = (await CountAsync("seller-9")).Zip(before, (after, start) => after - start);
        Assert.Equal("1, 1, 1, 2, 1", string.Join(", ", added));
        Assert.Equal("0, 0, 0, 0, 0", string.Join(", ", await CountAsync("nobody")));
    }

    private async Task<long[]> CountAsync(string seller)
    {
        var counts = new List<long>();
        foreach (var kind in Enum.GetValues<CatalogKind>())
            counts.Add(await Storage.CatalogCounts.CountAsync(seller, kind, CancellationToken.None));
        return [.. counts];
    }

    [StorageFact]
    public async Task A_taken_id_is_refused_and_the_first_one_stays()
    {
        await Catalogs.AddMarketAsync(Storage);

        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Product(seller: "thief"), CancellationToken.None));
        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Plan(product: "product-2"), CancellationToken.None));
        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Offer(amount: 1) with { AddOns = [] }, CancellationToken.None));

        await AssertFoundAsync("product-1", "plan-1", "offer-1");
    }

    [StorageFact]
    public async Task An_offer_keeps_all_its_versions()
    {
        await Catalogs.AddMarketAsync(Storage);
        var second = Catalogs.Offer(version: 2, amount: 5_990) with { Meters = [] };
        var third = Catalogs.Offer(version: 3, amount: 6_990) with { Split = [] };
        Assert.True(await Storage.Catalog.AddAsync(second, CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(third, CancellationToken.None));

        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Offer(version: 2, amount: 1), CancellationToken.None));

        Assert.Equal(EveryProperty.Of(third), await OfferAsync(null));
        Assert.Equal(EveryProperty.Of(third), await OfferAsync(3));
        Assert.Equal(EveryProperty.Of(second), await OfferAsync(2));
        Assert.Equal(EveryProperty.Of(Catalogs.Offer()), await OfferAsync(1));
        Assert.Equal("null", (await OfferAsync(4)).Trim());
    }

    [StorageFact]
    public async Task Of_two_who_make_the_same_version_one_wins()
    {
        await Catalogs.AddMarketAsync(Storage);

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            Task.Run(async () => await Storage.Catalog.AddAsync(Catalogs.Offer(version: 2, amount: number), CancellationToken.None))));

        Assert.Single(added, true);
    }

    [StorageFact]
    public async Task A_plan_without_its_product_and_an_offer_without_its_plan_are_errors_of_the_caller()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Storage.Catalog.AddAsync(Catalogs.Plan(), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Storage.Catalog.AddAsync(Catalogs.Offer(), CancellationToken.None));
        Assert.Null(await Storage.Catalog.FindPlanAsync("plan-1", CancellationToken.None));
    }

    private async Task AddAsync(string product, string plan, string offer)
    {
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Product(product), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Plan(plan, product), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer(offer, plan: plan), CancellationToken.None));
    }

    private async Task AssertFoundAsync(string product, string plan, string offer)
    {
        Assert.Equal(
            EveryProperty.Of(Catalogs.Product(product)),
            EveryProperty.Of(await Storage.Catalog.FindProductAsync(product, CancellationToken.None)));
        Assert.Equal(
            EveryProperty.Of(Catalogs.Plan(plan, product)),
            EveryProperty.Of(await Storage.Catalog.FindPlanAsync(plan, CancellationToken.None)));
        Assert.Equal(
            EveryProperty.Of(Catalogs.Offer(offer, plan: plan)),
            EveryProperty.Of(await Storage.Catalog.FindOfferAsync(offer, 1, CancellationToken.None)));
    }

    private async Task<string> OfferAsync(int? version) =>
        EveryProperty.Of(await Storage.Catalog.FindOfferAsync("offer-1", version, CancellationToken.None));
}
