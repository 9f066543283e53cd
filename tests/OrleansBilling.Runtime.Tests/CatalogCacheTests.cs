using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Tests that measure the heap of the process. They run alone: what others allocate or give back would count too.</summary>
[CollectionDefinition(nameof(WholeHeap), DisableParallelization = true)]
public sealed class WholeHeap;

/// <summary>The in-memory catalog stays within its budget, whatever is read.</summary>
[Collection(nameof(WholeHeap))]
public sealed class CatalogCacheTests
{
    [Fact]
    public void A_cache_keeps_what_is_used_within_its_budget()
    {
        var cache = new ByteBudgetCache<int, string>(10_000, static text => text.Length);
        cache.Keep(-1, "used");
        for (var n = 0; n < 1_000; n++)
        {
            cache.Keep(n, new string('x', 100));
            Assert.Equal("used", cache.Find(-1));
            Assert.InRange(cache.Bytes, 1, 10_500);
        }

        Assert.Null(cache.Find(0));
        Assert.NotNull(cache.Find(999));
    }

    [Fact]
    public void What_is_larger_than_the_budget_is_not_kept()
    {
        var cache = new ByteBudgetCache<int, string>(1_000, static text => text.Length);
        cache.Keep(1, new string('x', 2_000));
        Assert.Null(cache.Find(1));
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void What_is_replaced_or_removed_no_longer_counts()
    {
        var cache = new ByteBudgetCache<int, string>(100_000, static text => text.Length);
        cache.Keep(1, "first");
        var one = cache.Bytes;
        cache.Keep(1, "other");
        Assert.Equal(one, cache.Bytes);
        cache.Remove(1);
        Assert.Equal(0, cache.Bytes);
    }

    /// <summary>Reads a thousand offers of the largest possible size through a cache of 16 MiB.</summary>
    [Fact]
    public async Task A_thousand_of_the_largest_offers_leave_the_memory_as_it_was()
    {
        const int Budget = 16 * 1024 * 1024;
        var catalog = new LargestOffers();
        var cache = new CatalogCache(catalog, TimeProvider.System, Budget);
        await cache.FindTermsAsync("offer", 1, CancellationToken.None);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var version = 1; version <= 1_000; version++)
        {
            Assert.NotNull(await cache.FindTermsAsync("offer", version, CancellationToken.None));
            Assert.InRange(cache.Bytes, 1, Budget);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, 0, Budget);
        Assert.Same(
            await cache.FindTermsAsync("offer", 1_000, CancellationToken.None),
            await cache.FindTermsAsync("offer", 1_000, CancellationToken.None));
        GC.KeepAlive(cache);
    }

    /// <summary>The budget's estimates must be close to the heap: at least its real size, and less than four times as much.</summary>
    [Fact]
    public async Task The_estimated_bytes_are_near_those_of_the_heap()
    {
        var catalog = new LargestOffers();
        var cache = new CatalogCache(catalog, TimeProvider.System, 1024 * 1024 * 1024);
        await cache.FindTermsAsync("offer", 1, CancellationToken.None);
        var (estimated, before) = (cache.Bytes, GC.GetTotalMemory(forceFullCollection: true));
        for (var version = 2; version <= 200; version++) await cache.FindTermsAsync("offer", version, CancellationToken.None);
        var heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(cache.Bytes - estimated, heap / 5 * 4, heap * 4);
        GC.KeepAlive(cache);
    }

    private sealed class LargestOffers : ICatalogStore
    {
        private static readonly Product Course = new(
            "product", "acme", "n", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
        private static readonly Plan Monthly = new("plan", "product", "n", new BillingInterval(IntervalUnit.Month, 1), 0, null, null);

        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) => new(Course);

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) => new(Monthly);

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) =>
            new(new Offer(offerId, version ?? 1, "plan", 1, "BRL")
        {
            AddOns = [.. Enumerable.Range(0, Offer.AddOnsMax).Select(n => new AddOn($"addon-{n}", new string('n', 200), 1))],
            Meters = [.. Enumerable.Range(0, Meter.PerOfferMax).Select(n => new Meter
            {
                Id = $"meter-{n}",
                Name = new string('n', 200),
                Aggregation = MeterAggregation.Sum,
                Pricing = MeterPricing.Graduated,
                Tiers = [.. Enumerable.Range(1, Meter.TiersMax).Select(tier => new MeterTier(tier, new UnitPrice(1)))],
            })],
        });
    }
}
