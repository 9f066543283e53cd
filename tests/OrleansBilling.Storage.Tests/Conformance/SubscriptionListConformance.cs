using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;
using static OrleansBilling.Storage.Tests.Given.Commits;
using static OrleansBilling.Storage.Tests.Recomputation.ListKeeping;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>The list of subscriptions finds what their states say, in every order, after every commit and after a rebuild.</summary>
public abstract class SubscriptionListConformance(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    private const int PageMax = 200;

    private static readonly SubscriptionOrder[] Derived =
        [SubscriptionOrder.CreatedAt, SubscriptionOrder.NextBillingAt, SubscriptionOrder.CanceledAt];

    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await createDatabase();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [StorageFact]
    public async Task The_list_finds_what_the_states_say_whatever_happens_by_every_filter_in_every_order()
    {
        await using var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 21);
        await using var projection = Projection(storage);
        var (statuses, billed, canceled) = (new HashSet<SubscriptionStatus>(), 0, 0);
        await market.LiveAsync(async () =>
        {
            await projection.DrainAsync(CancellationToken.None);
            var all = await ReadAsync(storage);
            statuses.UnionWith(all.Select(one => one.Status));
            billed += all.Count(one => one.NextBillingAt is not null);
            canceled += all.Count(one => one.CanceledAt is not null);
            await HoldAsync(storage, all);
        });

        Assert.Superset(
            new HashSet<SubscriptionStatus> { SubscriptionStatus.Active, SubscriptionStatus.PastDue, SubscriptionStatus.Canceled },
            statuses);
        Assert.True(billed > 0 && canceled > 0);
    }

    [StorageFact]
    public async Task Derived_again_it_finds_the_same_and_what_is_ordered_by_id_is_shown_meanwhile()
    {
        await using var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 22);
        await market.LiveAsync(() => Task.CompletedTask);
        await using (var projection = Projection(storage)) await projection.DrainAsync(CancellationToken.None);

        var reset = new ListReset(storage.ListProjection, Reader(storage));
        await reset.BeginAsync(CancellationToken.None);
        foreach (var order in Derived)
            Assert.Null(await storage.Subscriptions.ListAsync(new(), new(order), null, 1, CancellationToken.None));
        Assert.NotEmpty((await storage.Subscriptions.ListAsync(new(), default, null, 1, CancellationToken.None))!);
        while (await reset.StepAsync(CancellationToken.None)) { }

        await HoldAsync(storage, await ReadAsync(storage));
    }

    [StorageFact]
    public async Task Ordered_by_id_it_shows_what_was_just_committed_and_with_several_values_each_subscription_once()
    {
        await using var storage = await database.OpenAsync();
        await CommitAsync(storage, Commit("b"));
        await CommitAsync(storage, Commit("a"));
        var sellers = new SubscriptionFilter { SellerIds = ["seller-1", "seller-2", "seller-1"] };
        Assert.Equal(["a", "b"], await IdsAsync(storage, sellers, default));
        Assert.Equal(["b", "a"], await IdsAsync(storage, sellers, new(SubscriptionOrder.Id, Descending: true)));
        Assert.Empty(await IdsAsync(storage, new() { SellerIds = ["seller-2"] }, default));
    }

    [StorageFact]
    public async Task Labels_that_leave_are_not_found_any_more()
    {
        await using var storage = await database.OpenAsync();
        await CommitAsync(storage, Commit("a") with { ChangesLists = true });
        await WriteAsync(storage, Row("a", ("desk", "1"), ("campaign", "june")));
        Assert.Equal(["a"], await IdsAsync(storage, Labelled(("desk", "1"), ("campaign", "june")), new(SubscriptionOrder.CreatedAt)));
        await CommitAsync(storage, Commit("a", expected: 1) with { ChangesLists = true });
        await WriteAsync(storage, Row("a", ("desk", "2")));
        Assert.Empty(await IdsAsync(storage, Labelled(("campaign", "june")), new(SubscriptionOrder.CreatedAt)));
        Assert.Empty(await IdsAsync(storage, Labelled(("desk", "1")), new(SubscriptionOrder.CreatedAt)));
        Assert.Equal(["a"], await IdsAsync(storage, Labelled(("desk", "2")), new(SubscriptionOrder.CreatedAt)));
    }

    [StorageFact]
    public async Task A_filter_that_its_order_does_not_have_is_a_bug_of_the_caller()
    {
        await using var storage = await database.OpenAsync();
        foreach (var (filter, order) in new (SubscriptionFilter, SubscriptionOrder)[]
        {
            (new() { PaymentTokens = ["t"] }, SubscriptionOrder.Id),
            (new() { Created = new(Now, null) }, SubscriptionOrder.Id),
            (Labelled(("a", "b")), SubscriptionOrder.CanceledAt),
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(
                async () => await storage.Subscriptions.ListAsync(filter, new(order), null, 1, CancellationToken.None));
        }
    }

    private static async Task HoldAsync(BillingStorage storage, List<ListedSubscription> all)
    {
        foreach (var order in Enum.GetValues<SubscriptionOrder>())
        {
            foreach (var descending in new[] { false, true })
            {
                var sort = new SubscriptionSort(order, descending);
                foreach (var filter in Filters(all).Where(filter => Goes(filter, order)))
                {
                    var expected = Sorted(all.Where(one => Matches(one, filter)), sort);
                    Assert.Equal(expected, await IdsAsync(storage, filter, sort));
                    Assert.Equal(expected, await IdsAsync(storage, filter, sort, limit: 3));
                }
            }
        }
    }

    private static IEnumerable<SubscriptionFilter> Filters(List<ListedSubscription> all)
    {
        var created = all.Select(one => one.CreatedAt).Order().ToList();
        var billings = all.Where(one => one.NextBillingAt is not null).Select(one => one.NextBillingAt!.Value).Order().ToList();
        var canceled = all.Where(one => one.CanceledAt is not null).Select(one => one.CanceledAt!.Value).Order().ToList();
        yield return new();
        foreach (var status in Enum.GetValues<SubscriptionStatus>()) yield return new() { Statuses = [status] };
        yield return new() { Statuses = [SubscriptionStatus.Active, SubscriptionStatus.Canceled] };
        yield return new() { SellerIds = ["seller-1", "seller-2", "seller-1"] };
        yield return new() { SellerIds = ["seller-2"], Statuses = [SubscriptionStatus.Active, SubscriptionStatus.PastDue] };
        yield return new() { ProductIds = ["course", "box"], SellerIds = ["seller-1"] };
        yield return new() { ProductIds = ["club"], Statuses = [SubscriptionStatus.Canceled] };
        yield return new() { PlanIds = ["plan-weekly"], ProductIds = ["course"] };
        yield return new() { OfferIds = ["offer-monthly", "offer-weekly"], Statuses = [SubscriptionStatus.Active] };
        yield return new() { CustomerIds = ["c"], SellerIds = ["seller-2"] };
        yield return new() { CustomerIds = ["nobody"] };
        yield return new() { PaymentTokens = ["tok_ok"] };
        yield return new() { PaymentTokens = ["tok_ok", "tok_flaky_40"], SellerIds = ["seller-1"], Statuses = [SubscriptionStatus.Active] };
        yield return new() { Created = new(created[created.Count / 3], created[^(created.Count / 3)]) };
        yield return new() { Created = new(created[created.Count / 2], null), SellerIds = ["seller-1"] };
        if (billings.Count > 0)
        {
            yield return new() { NextBilling = new(billings[billings.Count / 3], null) };
            yield return new() { NextBilling = new(null, billings[billings.Count / 2]), ProductIds = ["course"] };
            yield return new() { NextBilling = new(billings[0], billings[^1]), Created = new(created[1], null) };
        }

        if (canceled.Count > 0)
        {
            yield return new() { Canceled = new(canceled[canceled.Count / 2], null) };
            yield return new() { Canceled = new(null, canceled[^1]), ProductIds = ["course", "club"] };
        }

        yield return Labelled(("campaign", "june"));
        yield return Labelled(("campaign", "july")) with { SellerIds = ["seller-1", "seller-2"] };
        yield return Labelled(("campaign", "june"), ("desk", "2")) with { Statuses = [SubscriptionStatus.Active] };
        yield return Labelled(("campaign", "may"));
        yield return Labelled(("campaign", "june"), ("desk", "1")) with { CustomerIds = ["c", "nobody"], SellerIds = ["seller-1"] };
        yield return Labelled(("campaign", "june")) with { PaymentTokens = ["tok_ok"], Created = new(created[1], created[^1]) };
    }

    private static bool Goes(SubscriptionFilter filter, SubscriptionOrder order) => order switch
    {
        SubscriptionOrder.Id => filter.Metadata.IsEmpty && filter.PaymentTokens.IsEmpty && filter.Created.IsEmpty &&
            filter.NextBilling.IsEmpty && filter.Canceled.IsEmpty,
        SubscriptionOrder.CreatedAt => true,
        _ => filter.Metadata.IsEmpty,
    };

    private static bool Matches(ListedSubscription one, SubscriptionFilter filter)
    {
        return Any(filter.Statuses, one.Status) && Any(filter.SellerIds, one.SellerId) && Any(filter.ProductIds, one.ProductId) &&
            Any(filter.PlanIds, one.PlanId) && Any(filter.OfferIds, one.OfferId) && Any(filter.CustomerIds, one.CustomerId) &&
            Any(filter.PaymentTokens, one.PaymentToken ?? "") && Within(filter.Created, one.CreatedAt) &&
            Within(filter.NextBilling, one.NextBillingAt) && Within(filter.Canceled, one.CanceledAt) &&
            filter.Metadata.All(pair => one.Metadata.TryGetValue(pair.Key, out var value) && value == pair.Value);

        static bool Any<T>(IReadOnlyList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);

        static bool Within(InstantRange range, Instant? at) =>
            range.IsEmpty || (at is { } known && (range.From is not { } from || known >= from) && (range.To is not { } to || known < to));
    }

    private static IEnumerable<string> Sorted(IEnumerable<ListedSubscription> all, SubscriptionSort sort)
    {
        Func<ListedSubscription, Instant?> at = sort.By switch
        {
            SubscriptionOrder.CreatedAt => one => one.CreatedAt,
            SubscriptionOrder.NextBillingAt => one => one.NextBillingAt,
            SubscriptionOrder.CanceledAt => one => one.CanceledAt,
            _ => static _ => default(Instant),
        };
        var ids = all.Where(one => at(one) is not null)
            .OrderBy(one => at(one)).ThenBy(one => one.SubscriptionId, StringComparer.Ordinal)
            .Select(one => one.SubscriptionId);
        return sort.Descending ? ids.Reverse() : ids;
    }

    /// <summary>What the states say, which the market's history proves elsewhere.</summary>
    private static async Task<List<ListedSubscription>> ReadAsync(BillingStorage storage)
    {
        var reader = new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, TimeProvider.System));
        var all = new List<ListedSubscription>();
        foreach (var id in RandomMarket.Ids)
        {
            if (await reader.FindAsync(id, CancellationToken.None) is not { } view) continue;
            var (s, terms) = view;
            all.Add(new ListedSubscription(
                id, terms.Product.SellerId, terms.Product.Id, terms.Plan.Id, s.OfferId, s.Customer.Id, s.Status, s.CreatedAt,
                NextBilling.Of(s, terms), s.CanceledAt, s.PaymentToken, s.Metadata ?? ImmutableSortedDictionary<string, string>.Empty));
        }

        return all;
    }

    private static async Task<List<string>> IdsAsync(
        BillingStorage storage, SubscriptionFilter filter, SubscriptionSort sort, int limit = PageMax)
    {
        var ids = new List<string>();
        for (SubscriptionMark? after = null; ;)
        {
            var page = await storage.Subscriptions.ListAsync(filter, sort, after, limit, CancellationToken.None);
            Assert.NotNull(page);
            ids.AddRange(page.Select(one => one.Stored.SubscriptionId));
            if (page.Count < limit) return ids;
            after = page[^1].Place;
        }
    }

    private static SubscriptionFilter Labelled(params (string Key, string Value)[] pairs) => new()
    {
        Metadata = pairs.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
    };

    private static ListedSubscription Row(string id, params (string Key, string Value)[] pairs) => new(
        id, "seller-1", "product-1", "plan-1", "offer-1", "customer-1", SubscriptionStatus.Active, Now, null, null, null,
        Labelled(pairs).Metadata);

    private static async Task WriteAsync(BillingStorage storage, ListedSubscription row)
    {
        var notes = await storage.ListProjection.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        var rows = DerivedRows.None with { Subscriptions = [row] };
        Assert.True(await storage.ListProjection.WriteAsync(notes.Ids, rows, CancellationToken.None));
    }

    private static async Task CommitAsync(BillingStorage storage, JournalCommit commit) =>
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(commit, CancellationToken.None));
}
