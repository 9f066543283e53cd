using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Lists, archives and edits of the catalog.</summary>
public abstract class ShelfConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 31, 0, 0);

    private ICatalogShelf Shelf => Storage.Shelf;

    [StorageFact]
    public async Task Products_are_listed_by_seller_archive_and_creation_in_pages()
    {
        for (var n = 0; n < 7; n++) await AddAsync($"p{n}", n % 2 == 0 ? "ana" : "bia", Start + Duration.FromHours(n));
        await AddAsync("p7", "caio", null);
        await ArchiveAsync("p2");
        await ArchiveAsync("p3");

        Assert.Equal(["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"], await PagesAsync(new()));
        Assert.Equal(["p0", "p2", "p4", "p6"], await PagesAsync(new() { SellerIds = ["ana"] }));
        Assert.Equal(["p0", "p2", "p4", "p6", "p7"], await PagesAsync(new() { SellerIds = ["caio", "ana", "nobody", "ana"] }));
        Assert.Equal(["p2", "p3"], await PagesAsync(new() { Archived = true }));
        Assert.Equal(["p0", "p4", "p6"], await PagesAsync(new() { Archived = false, SellerIds = ["ana"] }));
        Assert.Equal(["p0", "p1", "p2", "p4", "p5", "p6", "p7"], await PagesAsync(new() { ArchivedOf = "ana" }));
        Assert.Equal(["p0", "p1", "p4", "p5", "p6", "p7"], await PagesAsync(new() { ArchivedOf = "" }));
        Assert.Equal(
            ["p1", "p2"],
            await PagesAsync(new() { CreatedFrom = Start + Duration.FromHours(1), CreatedTo = Start + Duration.FromHours(3) }));
        Assert.Empty(await PagesAsync(new() { SellerIds = ["nobody"] }));
    }

    [StorageFact]
    public async Task Plans_and_offers_are_listed_by_all_their_owners_in_their_newest_version()
    {
        await Catalogs.AddMarketAsync(Storage);
        Assert.True(await Storage.Catalog.AddAsync(Catalogs.Offer(version: 2, amount: 5_990), CancellationToken.None));
        var plan = (await Shelf.ListPlansAsync(new() { ProductIds = ["product-1"] }, null, 10, CancellationToken.None))[0];
        Assert.Equal(EveryProperty.Of(Catalogs.Plan()), EveryProperty.Of(plan.Entry));
        var seller = Catalogs.Product().SellerId;
        Assert.Contains(plan, await Plans(new() { SellerIds = [seller] }), Ids<Plan>(one => one.Id));
        Assert.Empty(await Plans(new() { SellerIds = ["nobody"], ProductIds = ["product-1"] }));

        CatalogFilter[] filters =
        [
            new() { PlanIds = ["plan-1"] }, new() { ProductIds = ["product-1", "product-2"] }, new() { SellerIds = [seller] },
            new() { PlanIds = ["plan-1"], ProductIds = ["product-1"], SellerIds = [seller, "nobody"] }, new(),
        ];
        foreach (var filter in filters)
        {
            var offer = (await Shelf.ListOffersAsync(filter, null, 10, CancellationToken.None)).Single(one => one.Entry.Id == "offer-1");
            Assert.Equal((2, 5_990), (offer.Revision, offer.Entry.Amount));
            Assert.Equal(EveryProperty.Of(Catalogs.Offer(version: 2, amount: 5_990)), EveryProperty.Of(offer.Entry));
        }

        async Task<IReadOnlyList<Shelved<Plan>>> Plans(CatalogFilter filter) =>
            await Shelf.ListPlansAsync(filter, null, 10, CancellationToken.None);
    }

    [StorageFact]
    public async Task An_edit_replaces_the_revision_that_it_read_and_no_other()
    {
        await AddAsync("p", "ana", Start);
        var found = (await Shelf.FindProductAsync("p", CancellationToken.None))!;
        Assert.Equal((Start, (Instant?)null, 1), (found.CreatedAt!.Value, found.ArchivedAt, found.Revision));

        var next = found with { Entry = found.Entry with { Name = "Renamed" }, ArchivedAt = Start, Revision = 2 };
        Assert.True(await Shelf.ReplaceAsync(next, CancellationToken.None));
        Assert.False(await Shelf.ReplaceAsync(next with { ArchivedAt = null }, CancellationToken.None));
        Assert.False(await Shelf.ReplaceAsync(next with { Entry = next.Entry with { Id = "other" } }, CancellationToken.None));

        var stored = (await Shelf.FindProductAsync("p", CancellationToken.None))!;
        Assert.Equal(EveryProperty.Of(next), EveryProperty.Of(stored));
        Assert.Equal(EveryProperty.Of(next.Entry), EveryProperty.Of(await Storage.Catalog.FindProductAsync("p", CancellationToken.None)));
        Assert.Equal(["p"], await Storage.Catalog.FindEditedAsync(60, 10, CancellationToken.None));
    }

    [StorageFact]
    public async Task What_keeps_an_offer_from_being_sold_is_its_narrowest_archived_part()
    {
        await Catalogs.AddMarketAsync(Storage);
        Assert.Null(await PartAsync());
        var product = (await Shelf.FindProductAsync("product-1", CancellationToken.None))!;
        Assert.True(await Shelf.ReplaceAsync(product with { ArchivedAt = Start, Revision = 2 }, CancellationToken.None));
        Assert.Equal(ArchivedPart.Product, await PartAsync());
        var plan = (await Shelf.FindPlanAsync("plan-1", CancellationToken.None))!;
        Assert.True(await Shelf.ReplaceAsync(plan with { ArchivedAt = Start, Revision = 2 }, CancellationToken.None));
        Assert.Equal(ArchivedPart.Plan, await PartAsync());
        await Shelf.ArchiveOfferAsync("offer-1", Start, CancellationToken.None);
        await Shelf.ArchiveOfferAsync("offer-1", Start + Duration.FromDays(1), CancellationToken.None);
        Assert.Equal(ArchivedPart.Offer, await PartAsync());
        Assert.Equal(Start, (await Shelf.FindOfferAsync("offer-1", CancellationToken.None))!.ArchivedAt);
        await Shelf.ArchiveOfferAsync("offer-1", null, CancellationToken.None);
        Assert.Equal(ArchivedPart.Plan, await PartAsync());
        Assert.Equal(
            ["plan-1", "product-1"], (await Storage.Catalog.FindEditedAsync(60, 10, CancellationToken.None)).Order(StringComparer.Ordinal));

        async Task<ArchivedPart?> PartAsync() => await Storage.Catalog.FindArchivedPartAsync("offer-1", CancellationToken.None);
    }

    [StorageFact]
    public async Task An_archived_coupon_is_found_by_its_code_but_cannot_be_redeemed_any_more()
    {
        var coupon = Catalogs.BareCoupon("spring");
        Assert.True(await Storage.Coupons.AddAsync(coupon, Start, CancellationToken.None));
        var found = (await Shelf.FindCouponAsync("spring", CancellationToken.None))!;
        Assert.Equal(EveryProperty.Of(new Shelved<Coupon>(coupon, Start)), EveryProperty.Of(found));
        Assert.True(await Shelf.ReplaceAsync(
            found with { ArchivedAt = Start + Duration.FromDays(1), Revision = 2 }, CancellationToken.None));

        var byCode = await Storage.Coupons.FindByCodeAsync(coupon.SellerId, "SPRING", CancellationToken.None);
        Assert.Equal(Start + Duration.FromDays(1), byCode!.RedeemUntil);
        Assert.Null((await Shelf.FindCouponAsync("spring", CancellationToken.None))!.Entry.RedeemUntil);

        await Storage.Coupons.ReserveAsync("spring", "s1", null, CancellationToken.None);
        await Storage.Coupons.ReserveAsync("spring", "s2", null, CancellationToken.None);
        Assert.Equal(2, (await Storage.Coupons.CountRedemptionsAsync(["spring", "nothing"], CancellationToken.None))["spring"]);
        Assert.Single(await Shelf.ListCouponsAsync(new() { SellerIds = [coupon.SellerId] }, null, 10, CancellationToken.None));
    }

    private async Task AddAsync(string id, string seller, Instant? createdAt)
    {
        var product = Catalogs.BareProduct(id) with { SellerId = seller };
        Assert.True(createdAt is { } at
            ? await Storage.Catalog.AddAsync(product, at, CancellationToken.None)
            : await Storage.Catalog.AddAsync(product, CancellationToken.None));
    }

    private async Task ArchiveAsync(string id)
    {
        var found = (await Shelf.FindProductAsync(id, CancellationToken.None))!;
        Assert.True(await Shelf.ReplaceAsync(found with { ArchivedAt = Start, Revision = found.Revision + 1 }, CancellationToken.None));
    }

    private async Task<List<string>> PagesAsync(CatalogFilter filter)
    {
        var ids = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Shelf.ListProductsAsync(filter, after, 2, CancellationToken.None);
            ids.AddRange(page.Select(product => product.Entry.Id));
            if (page.Count < 2) return ids;
            after = ids[^1];
        }
    }

    private static EqualityComparer<Shelved<T>> Ids<T>(Func<T, string> idOf)
        where T : class =>
        EqualityComparer<Shelved<T>>.Create((one, other) => idOf(one!.Entry) == idOf(other!.Entry), one => idOf(one.Entry).GetHashCode());
}
