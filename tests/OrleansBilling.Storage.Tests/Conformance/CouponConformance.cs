using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class CouponConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private ICouponStore Coupons => Storage.Coupons;

    private async Task<Coupon?> FindAsync(string id) => (await Storage.Shelf.FindCouponAsync(id, CancellationToken.None))?.Entry;

    [StorageFact]
    public async Task A_coupon_comes_back_as_it_was_and_a_taken_code_is_refused()
    {
        var bare = Catalogs.BareCoupon("bare");
        Assert.True(await Coupons.AddAsync(Catalogs.Coupon(), CancellationToken.None));
        Assert.True(await Coupons.AddAsync(bare, CancellationToken.None));

        Assert.False(await Coupons.AddAsync(Catalogs.Coupon() with { SellerId = "thief" }, CancellationToken.None));

        Assert.Equal(EveryProperty.Of(Catalogs.Coupon()), EveryProperty.Of(await FindAsync("coupon-1")));
        Assert.Equal(EveryProperty.Of(bare), EveryProperty.Of(await FindAsync("bare")));
        Assert.Null(await FindAsync("nothing"));
    }

    [StorageFact]
    public async Task A_code_is_unique_within_its_seller_and_found_whatever_its_case()
    {
        var coupon = Catalogs.BareCoupon("id-1") with { Code = "Spring-24" };
        Assert.True(await Coupons.AddAsync(coupon, CancellationToken.None));

        Assert.False(await Coupons.AddAsync(coupon with { Id = "id-2", Code = "SPRING-24" }, CancellationToken.None));
        Assert.True(await Coupons.AddAsync(coupon with { Id = "id-3", SellerId = "another" }, CancellationToken.None));
        Assert.True(await Coupons.AddAsync(Catalogs.BareCoupon("Bare"), CancellationToken.None));

        foreach (var typed in new[] { "spring-24", "SPRING-24", "Spring-24" })
        {
            Assert.Equal(
                EveryProperty.Of(coupon), EveryProperty.Of(await Coupons.FindByCodeAsync("seller-9", typed, CancellationToken.None)));
            Assert.Equal("id-3", (await Coupons.FindByCodeAsync("another", typed, CancellationToken.None))?.Id);
        }

        Assert.Equal("Bare", (await Coupons.FindByCodeAsync("seller-9", "bARE", CancellationToken.None))?.Id);
        Assert.Null(await Coupons.FindByCodeAsync("seller-9", "id-1", CancellationToken.None));
        Assert.Null(await Coupons.FindByCodeAsync("nobody", "spring-24", CancellationToken.None));
        Assert.Null(await FindAsync("id-2"));
    }

    [StorageFact]
    public async Task Of_many_with_one_code_at_once_one_is_added()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            Task.Run(
                async () =>
                    await Coupons.AddAsync(
                        Catalogs.BareCoupon($"id-{number}") with { Code = number % 2 == 0 ? "ONE" : "one" }, CancellationToken.None))));

        Assert.Equal(1, added.Count(one => one));
    }

    [StorageFact]
    public async Task A_subscription_takes_one_redemption_however_often_it_asks()
    {
        await GivenCouponAsync();

        Assert.Equal(CouponReservation.Reserved, await ReserveAsync("sub-1", 2));
        Assert.Equal(CouponReservation.AlreadyReserved, await ReserveAsync("sub-1", 2));
        Assert.Equal(CouponReservation.Reserved, await ReserveAsync("sub-2", 2));
        Assert.Equal(CouponReservation.Exhausted, await ReserveAsync("sub-3", 2));
        Assert.Equal(CouponReservation.AlreadyReserved, await ReserveAsync("sub-1", 2));
        Assert.Equal(2, await CountAsync());
    }

    [StorageFact]
    public async Task What_was_given_back_can_be_taken_again_once()
    {
        await GivenCouponAsync();
        await ReserveAsync("sub-1", 1);

        await ReleaseAsync("sub-1");
        await ReleaseAsync("sub-1");
        await ReleaseAsync("never reserved");

        Assert.Equal(0, await CountAsync());
        Assert.Equal(CouponReservation.Reserved, await ReserveAsync("sub-2", 1));
        Assert.Equal(CouponReservation.Exhausted, await ReserveAsync("sub-1", 1));
        Assert.Equal(1, await CountAsync());
    }

    [StorageFact]
    public async Task A_coupon_without_a_limit_is_never_exhausted()
    {
        await GivenCouponAsync();

        var reserved = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(number => Task.Run(() => ReserveAsync($"sub-{number / 2}", null))));

        Assert.Equal(25, reserved.Count(answer => answer == CouponReservation.Reserved));
        Assert.Equal(25, reserved.Count(answer => answer == CouponReservation.AlreadyReserved));
        Assert.Equal(25, await CountAsync());
        await ReleaseAsync("sub-0");
        Assert.Equal(24, await CountAsync());
        Assert.Equal(CouponReservation.Reserved, await ReserveAsync("sub-0", null));
    }

    [StorageFact]
    public async Task Of_many_who_ask_at_once_no_more_than_the_limit_get_one()
    {
        await GivenCouponAsync();

        var reserved = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => ReserveAsync($"sub-{number}", 20))));

        Assert.Equal(20, reserved.Count(answer => answer == CouponReservation.Reserved));
        Assert.Equal(180, reserved.Count(answer => answer == CouponReservation.Exhausted));
        Assert.Equal(20, await CountAsync());
    }

    [StorageFact]
    public async Task The_last_one_asked_for_many_times_at_once_by_one_subscription_is_reserved_once_and_never_exhausted()
    {
        await GivenCouponAsync();

        var reserved = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => ReserveAsync("sub-1", 1))));

        Assert.Equal(1, reserved.Count(answer => answer == CouponReservation.Reserved));
        Assert.Equal(49, reserved.Count(answer => answer == CouponReservation.AlreadyReserved));
    }

    [StorageFact]
    public async Task With_takers_and_givers_at_once_the_limit_holds_and_none_is_lost()
    {
        await GivenCouponAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                if (await ReserveAsync($"sub-{number}", 5) != CouponReservation.Reserved) continue;
                Assert.InRange(await CountAsync(), 1, 5);
                await ReleaseAsync($"sub-{number}");
            }
        })));

        Assert.Equal(0, await CountAsync());
        for (var number = 0; number < 5; number++) Assert.Equal(CouponReservation.Reserved, await ReserveAsync($"sub-{number}", 5));
        Assert.Equal(CouponReservation.Exhausted, await ReserveAsync("sub-5", 5));
    }

    [StorageFact]
    public async Task A_redemption_of_a_coupon_that_is_not_there_is_an_error_of_the_caller()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReserveAsync("sub-1", null));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReserveAsync("sub-1", 1));
        Assert.Equal(0, await CountAsync());
    }

    private async Task GivenCouponAsync() => Assert.True(await Coupons.AddAsync(Catalogs.Coupon(), CancellationToken.None));

    private async Task<CouponReservation> ReserveAsync(string subscriptionId, int? max) =>
        await Coupons.ReserveAsync("coupon-1", subscriptionId, max, CancellationToken.None);

    private async Task ReleaseAsync(string subscriptionId) =>
        await Coupons.ReleaseAsync("coupon-1", subscriptionId, CancellationToken.None);

    private async Task<int> CountAsync() => await Coupons.CountRedemptionsAsync("coupon-1", CancellationToken.None);
}
