using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

/// <summary>What another process edits or archives is known here within a second.</summary>
public sealed class CatalogRefreshTests
{
    private readonly HandTime time = new();
    private readonly EditedCatalog store = new();
    private readonly CatalogCache cache;

    public CatalogRefreshTests() => cache = new CatalogCache(store, time);

    [Fact]
    public async Task An_edit_is_known_after_a_second_in_all_terms()
    {
        Assert.Equal("old", (await cache.FindTermsAsync("o", 1, CancellationToken.None))!.Product.Name);
        store.Edit("new");
        await cache.RefreshAsync(CancellationToken.None);
        Assert.Equal("old", (await cache.FindTermsAsync("o", 1, CancellationToken.None))!.Product.Name);

        var edits = cache.Edits;
        time.Pass(CatalogCache.NewestLifetime);
        Assert.Equal("new", (await cache.FindTermsAsync("o", 1, CancellationToken.None))!.Product.Name);
        Assert.NotEqual(edits, cache.Edits);
        Assert.Equal("new", (await cache.FindProductAsync("p", CancellationToken.None))!.Name);
    }

    [Fact]
    public async Task Without_edits_the_terms_stay_one_instance()
    {
        var terms = await cache.FindTermsAsync("o", 1, CancellationToken.None);
        time.Pass(CatalogCache.NewestLifetime);
        await cache.RefreshAsync(CancellationToken.None);
        Assert.Equal(0, cache.Edits);
        Assert.Same(terms, await cache.FindTermsAsync("o", 1, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_archived_is_known_after_a_second_and_here_at_once()
    {
        Assert.Null((await cache.FindNewestAsync("o", CancellationToken.None))!.Archived);
        store.Archived = ArchivedPart.Offer;
        Assert.Null((await cache.FindNewestAsync("o", CancellationToken.None))!.Archived);
        time.Pass(CatalogCache.NewestLifetime);
        Assert.Equal(ArchivedPart.Offer, (await cache.FindNewestAsync("o", CancellationToken.None))!.Archived);

        store.Archived = null;
        cache.ForgetNewest("o");
        Assert.Null((await cache.FindNewestAsync("o", CancellationToken.None))!.Archived);
    }

    [Fact]
    public async Task While_the_database_is_down_the_known_terms_are_used_and_the_next_call_asks_again()
    {
        await cache.FindTermsAsync("o", 1, CancellationToken.None);
        store.Edit("new");
        store.IsDown = true;
        time.Pass(CatalogCache.NewestLifetime);
        await cache.RefreshAsync(CancellationToken.None);
        Assert.Equal("old", (await cache.FindTermsAsync("o", 1, CancellationToken.None))!.Product.Name);
        store.IsDown = false;
        await cache.RefreshAsync(CancellationToken.None);
        Assert.Equal("new", (await cache.FindTermsAsync("o", 1, CancellationToken.None))!.Product.Name);
    }

    private sealed class HandTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Pass(TimeSpan span) => ticks += span.Ticks;
    }

    private sealed class EditedCatalog : ICatalogStore
    {
        private Product product = new("p", "acme", "old", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
        private bool edited;

        public ArchivedPart? Archived { get; set; }

        public bool IsDown { get; set; }

        public void Edit(string name) => (product, edited) = (product with { Name = name }, true);

        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) => new(false);

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) => new(product);

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) =>
            new(new Plan("l", "p", "L", new BillingInterval(IntervalUnit.Month, 1), 0, null, null));

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) =>
            new(new Offer("o", 1, "l", 1, "BRL"));

        public ValueTask<ArchivedPart?> FindArchivedPartAsync(string offerId, CancellationToken cancellationToken) => new(Archived);

        public ValueTask<IReadOnlyList<string>> FindEditedAsync(int seconds, int limit, CancellationToken cancellationToken) =>
            IsDown ? throw new JournalUnavailableException("down") : new((IReadOnlyList<string>)(edited ? ["p"] : []));
    }
}
