using OrleansBilling.Domain.Catalog;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class CatalogConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Products_and_plans_come_back_as_they_were()
    {
        var dunning = DunningPolicy.Default with { OnExhausted = ExhaustedAction.Pause };
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Product(), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Plan(dunning: dunning), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Plan("plan-2") with { Recurrences = null }, CancellationToken.None));

        Assert.Equal(Catalogs.Product(), await Storage.Catalog.FindProductAsync("product-1", CancellationToken.None));
        Assert.Equal(Catalogs.Plan(dunning: dunning), await Storage.Catalog.FindPlanAsync("plan-1", CancellationToken.None));
        Assert.Equal(Catalogs.Plan("plan-2") with { Recurrences = null }, await Storage.Catalog.FindPlanAsync("plan-2", CancellationToken.None));
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
    public async Task A_taken_id_is_refused_and_the_first_one_stays()
    {
        await Catalogs.AddMarketAsync(Storage);

        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Product(seller: "thief"), CancellationToken.None));
        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Plan(product: "product-2"), CancellationToken.None));
        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Offer(amount: 1), CancellationToken.None));

        Assert.Equal(Catalogs.Product(), await Storage.Catalog.FindProductAsync("product-1", CancellationToken.None));
        Assert.Equal(Catalogs.Plan(), await Storage.Catalog.FindPlanAsync("plan-1", CancellationToken.None));
        Assert.Equal(Catalogs.Offer(), await Storage.Catalog.FindOfferAsync("offer-1", 1, CancellationToken.None));
    }

    [StorageFact]
    public async Task An_offer_keeps_all_its_versions()
    {
        await Catalogs.AddMarketAsync(Storage);
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer(version: 2, amount: 5_990), CancellationToken.None));
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer(version: 3, amount: 6_990), CancellationToken.None));

        Assert.False(await Storage.Catalog.AddAsync(Catalogs.Offer(version: 2, amount: 1), CancellationToken.None));

        Assert.Equal(Catalogs.Offer(version: 3, amount: 6_990), await Storage.Catalog.FindOfferAsync("offer-1", null, CancellationToken.None));
        Assert.Equal(Catalogs.Offer(version: 2, amount: 5_990), await Storage.Catalog.FindOfferAsync("offer-1", 2, CancellationToken.None));
        Assert.Equal(Catalogs.Offer(), await Storage.Catalog.FindOfferAsync("offer-1", 1, CancellationToken.None));
        Assert.Null(await Storage.Catalog.FindOfferAsync("offer-1", 4, CancellationToken.None));
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
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Catalog.AddAsync(Catalogs.Plan(), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Catalog.AddAsync(Catalogs.Offer(), CancellationToken.None));
        Assert.Null(await Storage.Catalog.FindPlanAsync("plan-1", CancellationToken.None));
    }
}
