using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;
using static OrleansBilling.Storage.Tests.Given.Commits;
using static OrleansBilling.Storage.Tests.Recomputation.ListKeeping;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>The list of invoices says what the histories say, after every commit, and after it was dropped and derived again.</summary>
public abstract class InvoiceConformance(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    private const int PageMax = 200;

    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await createDatabase();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [StorageFact]
    public async Task The_list_is_what_the_histories_say_whatever_happens_and_by_every_filter()
    {
        await using var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 11);
        await using var projection = Projection(storage);
        var (statuses, overdue) = (new HashSet<InvoiceStatus>(), 0);
        await market.LiveAsync(HoldAsync);
        while (await storage.Documents.AssignAsync(1_000, CancellationToken.None) > 0) { }

        Assert.All(await HoldAsync(), one => Assert.NotNull(one.Number));
        Assert.Equal(Enum.GetValues<InvoiceStatus>(), statuses.Order());
        Assert.True(overdue > 0, "no invoice was overdue");

        async Task<List<ListedInvoice>> HoldAsync()
        {
            await projection.DrainAsync(CancellationToken.None);
            var expected = await ExpectAsync(storage, market);
            statuses.UnionWith(expected.Select(one => one.Billed.Invoice.Standing));
            overdue += expected.Count(one => one.Billed.Overdue);
            foreach (var filter in Filters(expected))
            {
                var matching = expected.Where(one => Matches(one, filter)).Select(Show).ToList();
                Assert.Equal(matching, (await ListAsync(storage, filter)).Select(Show));
                Assert.Equal(matching.Take(40), (await ListAsync(storage, filter, 7, 40)).Select(Show));
            }

            return expected;
        }
    }

    [StorageFact]
    public async Task A_dropped_list_is_derived_again_while_commits_go_on_and_across_a_restart()
    {
        var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 12);
        await market.LiveAsync(() => Task.CompletedTask);
        await using (var projection = Projection(storage)) await projection.DrainAsync(CancellationToken.None);
        var before = (await ListAsync(storage, new())).Select(Show).ToList();
        var reset = new ListReset(new ByFew(storage.ListProjection), Reader(storage));
        await reset.BeginAsync(CancellationToken.None);

        // Nothing is shown until all is there.
        Assert.Null(await storage.Invoices.ListAsync(new InvoiceFilter(), null, 1, CancellationToken.None));
        Assert.True(await reset.StepAsync(CancellationToken.None));
        Assert.Null(await storage.Invoices.ListAsync(new InvoiceFilter(), null, 1, CancellationToken.None));

        await storage.DisposeAsync();
        await using var next = await database.OpenAsync();
        reset = new ListReset(new ByFew(next.ListProjection), Reader(next));
        while (await reset.StepAsync(CancellationToken.None)) { }

        Assert.Equal(before, (await ListAsync(next, new())).Select(Show));
        await reset.BeginAsync(CancellationToken.None);
        market = await market.MoveToAsync(next);
        await using (var projection = Projection(next))
        {
            do
            {
                await market.GoOnAsync(1);
                await projection.DrainAsync(CancellationToken.None);
            }
            while (await reset.StepAsync(CancellationToken.None));
            await projection.DrainAsync(CancellationToken.None);
        }

        Assert.Equal((await ExpectAsync(next, market)).Select(Show), (await ListAsync(next, new())).Select(Show));
    }

    [StorageFact]
    public async Task Who_was_overtaken_writes_nothing()
    {
        await using var storage = await database.OpenAsync();
        var store = storage.ListProjection;
        await CommitAsync(storage, Commit("a") with { ChangesLists = true });
        Assert.Empty((await store.ReadNotesAsync(10, TimeSpan.FromHours(1), CancellationToken.None)).Ids);
        var slow = await store.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        await CommitAsync(storage, Commit("a", expected: 1) with { ChangesLists = true });
        var fast = await store.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal([(1L, "a")], slow.Subscriptions.Select(one => (one.Version, one.SubscriptionId)));
        Assert.Equal([(2L, "a")], fast.Subscriptions.Select(one => (one.Version, one.SubscriptionId)));

        Assert.True(await store.WriteAsync(fast.Ids, Rows("a", InvoiceStatus.Paid), CancellationToken.None));
        Assert.False(await store.WriteAsync(slow.Ids, Rows("a", InvoiceStatus.Open), CancellationToken.None));

        Assert.Empty((await store.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None)).Ids);
        Assert.Equal(InvoiceStatus.Paid, Assert.Single(await ListAsync(storage, new())).Billed.Invoice.Status);

        // Likewise in a rebuild, of which only the newest counts.
        await store.BeginRebuildAsync(CancellationToken.None);
        var old = (await store.FindRebuildAsync(CancellationToken.None))!.Value;
        await store.BeginRebuildAsync(CancellationToken.None);
        var now = (await store.FindRebuildAsync(CancellationToken.None))!.Value;
        await store.WriteRebuiltAsync(old, Rows("a", InvoiceStatus.Open), fast.Subscriptions, CancellationToken.None);
        await store.WriteRebuiltAsync(old, DerivedRows.None, [], CancellationToken.None);
        Assert.Equal(now, await store.FindRebuildAsync(CancellationToken.None));
        await store.WriteRebuiltAsync(now, Rows("a", InvoiceStatus.Paid), fast.Subscriptions, CancellationToken.None);
        await store.WriteRebuiltAsync(now, Rows("a", InvoiceStatus.Void), fast.Subscriptions, CancellationToken.None);

        // Whoever reads the same batch late does not drop what was listed again.
        await store.ReadNextAsync(now, 10, CancellationToken.None);
        Assert.Empty(await store.ReadNextAsync(now with { AfterId = "a" }, 10, CancellationToken.None));
        await store.WriteRebuiltAsync(now with { AfterId = "a" }, DerivedRows.None, [], CancellationToken.None);
        Assert.Equal(InvoiceStatus.Paid, Assert.Single(await ListAsync(storage, new())).Billed.Invoice.Status);
    }

    [StorageFact]
    public async Task What_was_committed_behind_the_back_of_a_slow_rebuild_is_projected_once_more()
    {
        await using var storage = await database.OpenAsync();
        var store = storage.ListProjection;
        await CommitAsync(storage, Commit("a"));
        await CommitAsync(storage, Commit("c"));
        await store.BeginRebuildAsync(CancellationToken.None);
        var rebuild = (await store.FindRebuildAsync(CancellationToken.None))!.Value;
        var slow = await store.ReadNextAsync(rebuild, 10, CancellationToken.None);
        Assert.Equal(["a", "c"], slow.Select(one => one.SubscriptionId));

        // Projected by another process, and then dropped by a second one that rebuilds.
        await CommitAsync(storage, Commit("a", expected: 1) with { ChangesLists = true });
        await CommitAsync(storage, Commit("b") with { ChangesLists = true });
        var notes = await store.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        Assert.True(await store.WriteAsync(notes.Ids, Rows("a", InvoiceStatus.Paid), CancellationToken.None));
        await store.ReadNextAsync(rebuild, 10, CancellationToken.None);
        await store.WriteRebuiltAsync(rebuild, Rows("a", InvoiceStatus.Open), slow, CancellationToken.None);

        var again = await store.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(["a", "b"], again.Subscriptions.Select(one => one.SubscriptionId).Order(StringComparer.Ordinal));
        Assert.True(await store.WriteAsync(again.Ids, Rows("a", InvoiceStatus.Paid), CancellationToken.None));
        await store.WriteRebuiltAsync(rebuild with { AfterId = "c" }, DerivedRows.None, [], CancellationToken.None);
        Assert.Equal(InvoiceStatus.Paid, Assert.Single(await ListAsync(storage, new())).Billed.Invoice.Status);
    }

    [StorageFact]
    public async Task Only_a_commit_that_won_and_that_changes_an_invoice_leaves_a_note()
    {
        await using var storage = await database.OpenAsync();
        await CommitAsync(storage, Commit("quiet"));
        await CommitAsync(storage, Commit("lost"));
        var batch = new[]
        {
            Commit("won") with { ChangesLists = true }, Commit("lost", expected: 7) with { ChangesLists = true },
            Commit("quiet", expected: 1),
        };
        var outcomes = await Task.WhenAll(
            batch.Select(commit => storage.Journal.CommitAsync(commit, CancellationToken.None).AsTask()));

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Conflict, CommitOutcome.Committed], outcomes);
        var notes = await storage.ListProjection.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(["won"], notes.Subscriptions.Select(stored => stored.SubscriptionId));
        Assert.InRange(notes.OldestAge, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [StorageFact]
    public async Task A_new_database_has_an_empty_list()
    {
        await using var storage = await database.OpenAsync();
        Assert.Null(await storage.ListProjection.FindRebuildAsync(CancellationToken.None));
        Assert.Empty(await ListAsync(storage, new()));
        var notes = await storage.ListProjection.ReadNotesAsync(10, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal((0, TimeSpan.Zero), (notes.Ids.Count, notes.OldestAge));
    }

    private static IEnumerable<InvoiceFilter> Filters(List<ListedInvoice> all)
    {
        var (early, late) = (all[^(all.Count / 3)].Billed.Invoice.CreatedAt, all[all.Count / 3].Billed.Invoice.CreatedAt);
        yield return new();
        foreach (var status in Enum.GetValues<InvoiceStatus>()) yield return new() { Statuses = [status] };
        yield return new() { Statuses = [InvoiceStatus.Open, InvoiceStatus.Void] };
        yield return new() { SellerIds = ["seller-1"] };
        yield return new() { SellerIds = ["seller-1", "seller-2", "seller-1"] };
        yield return new() { SellerIds = ["seller-1", "seller-2"], Statuses = [InvoiceStatus.Paid, InvoiceStatus.Uncollectible] };
        yield return new() { CustomerIds = ["c"], SellerIds = ["seller-2"] };
        yield return new() { CustomerIds = ["nobody"] };
        yield return new() { SubscriptionIds = ["s1", "s2", "s3"] };
        yield return new() { SubscriptionIds = ["s1", "s2"], SellerIds = ["seller-1"], CustomerIds = ["c"], Overdue = false };
        yield return new() { Numbers = [1, 2, 30] };
        yield return new() { Numbers = [1, 2, 30], SellerIds = ["seller-2"], Statuses = [InvoiceStatus.Paid], Overdue = false };
        yield return new() { Numbers = [1, 2], CustomerIds = ["c"], SellerIds = ["seller-1"] };
        yield return new() { Numbers = [2, 3], SubscriptionIds = ["s1", "s2", "s3"], CreatedTo = late };
        yield return new() { CreatedFrom = early };
        yield return new() { CreatedTo = late };
        yield return new() { CreatedFrom = early, CreatedTo = late, SellerIds = ["seller-1"] };
        yield return new() { Overdue = true };
        yield return new() { Overdue = false, Statuses = [InvoiceStatus.Open] };
        yield return new() { Overdue = true, SellerIds = ["seller-1", "seller-2"], Statuses = [InvoiceStatus.Open] };
    }

    private static bool Matches(ListedInvoice one, InvoiceFilter filter)
    {
        var billed = one.Billed;
        return Any(filter.Statuses, billed.Invoice.Standing) && Any(filter.SellerIds, billed.SellerId) &&
            Any(filter.CustomerIds, billed.CustomerId) && Any(filter.SubscriptionIds, billed.SubscriptionId) &&
            Any(filter.Numbers, one.Number ?? 0) && (filter.CreatedFrom is not { } from || billed.Invoice.CreatedAt >= from) &&
            (filter.CreatedTo is not { } to || billed.Invoice.CreatedAt < to) &&
            (filter.Overdue is not { } overdue || billed.Overdue == overdue);

        static bool Any<T>(IReadOnlyList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);
    }

    /// <summary>What the histories say, newest first.</summary>
    private static async Task<List<ListedInvoice>> ExpectAsync(BillingStorage storage, RandomMarket market)
    {
        var all = new List<ListedInvoice>();
        foreach (var id in RandomMarket.Ids)
        {
            var steps = await market.ReadHistoryAsync(id);
            if (steps.Count == 0) continue;
            var (state, terms) = (steps[^1].After, steps[^1].Terms);
            var numbers = await storage.Documents.FindAsync(id, CancellationToken.None);
            all.AddRange(
                from invoice in InvoiceBook.Fold(steps.Select(step => step.Event))
                let overdue = state.OpenInvoices.Any(open => open.Number == invoice.Number && open.Overdue)
                let document = new IssuedDocument(DocumentKind.Invoice, invoice.Number, terms.Product.SellerId)
                select new ListedInvoice(
                    new BilledInvoice(id, terms.Product.SellerId, state.Customer.Id, terms.Offer.Currency, overdue, invoice),
                    numbers.TryGetValue(document, out var number) ? number : null));
        }

        return [.. all.OrderByDescending(one => one.Billed.Invoice.CreatedAt)
            .ThenByDescending(one => one.Billed.SubscriptionId, StringComparer.Ordinal)
            .ThenByDescending(one => one.Billed.Invoice.Number)];
    }

    private static async Task<List<ListedInvoice>> ListAsync(
        BillingStorage storage, InvoiceFilter filter, int limit = PageMax, int entriesMax = int.MaxValue)
    {
        var all = new List<ListedInvoice>();
        for (InvoiceMark? after = null; ;)
        {
            var page = await storage.Invoices.ListAsync(filter, after, limit, CancellationToken.None);
            Assert.NotNull(page);
            all.AddRange(page);
            if (page.Count < limit || all.Count >= entriesMax) return [.. all.Take(entriesMax)];
            after = InvoiceMark.Of(page[^1].Billed);
        }
    }

    private static string Show(ListedInvoice one)
    {
        var (id, seller, customer, currency, overdue, invoice) = one.Billed;
        return $"{id} {seller} {customer} {currency} {overdue} {one.Number} {Text(InvoiceCodec.Encode(invoice))}";
    }

    private static DerivedRows Rows(string id, InvoiceStatus status) => DerivedRows.None with { Invoices = [Billed(id, status)] };

    private static BilledInvoice Billed(string id, InvoiceStatus status) => new(
        id, "seller-1", "customer-1", "BRL", false,
        new Invoice
        {
            Number = 1, Period = new BillingPeriod(1, Now, Now + Duration.FromDays(30)), Status = status,
            Lines = [new InvoiceLine(InvoiceLineType.Recurrence, 100, "äöü")], Total = 100, Paid = 0, Refunded = 0, CreatedAt = Now,
            Attempts = [],
        });

    private static async Task CommitAsync(BillingStorage storage, JournalCommit commit) =>
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(commit, CancellationToken.None));

    /// <summary>Gives few subscriptions at a time, so that a small market needs many steps.</summary>
    private sealed class ByFew(IListProjection inner) : IListProjection
    {
        public ValueTask<ListNotes> ReadNotesAsync(int limit, TimeSpan settled, CancellationToken cancellationToken) =>
            inner.ReadNotesAsync(limit, settled, cancellationToken);

        public ValueTask<bool> WriteAsync(IReadOnlyList<long> notes, DerivedRows rows, CancellationToken cancellationToken) =>
            inner.WriteAsync(notes, rows, cancellationToken);

        public ValueTask BeginRebuildAsync(CancellationToken cancellationToken) => inner.BeginRebuildAsync(cancellationToken);

        public ValueTask<ListRebuild?> FindRebuildAsync(CancellationToken cancellationToken) =>
            inner.FindRebuildAsync(cancellationToken);

        public ValueTask<IReadOnlyList<StoredSubscription>> ReadNextAsync(
            ListRebuild rebuild, int limit, CancellationToken cancellationToken) =>
            inner.ReadNextAsync(rebuild, Math.Min(limit, 7), cancellationToken);

        public ValueTask WriteRebuiltAsync(
            ListRebuild rebuild, DerivedRows rows, IReadOnlyList<StoredSubscription> read, CancellationToken cancellationToken) =>
            inner.WriteRebuiltAsync(rebuild, rows, read, cancellationToken);
    }
}
