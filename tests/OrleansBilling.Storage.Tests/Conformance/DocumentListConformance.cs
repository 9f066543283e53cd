using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;
using static OrleansBilling.Storage.Tests.Recomputation.ListKeeping;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>
/// The lists of entries of balances, of credit notes and of chargebacks say what the histories say, after every commit, and after they were
/// dropped and derived again. The entries of a balance sum up to it.
/// </summary>
public abstract class DocumentListConformance(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await createDatabase();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [StorageFact]
    public async Task The_lists_are_what_the_histories_say_whatever_happens_and_by_every_filter()
    {
        await using var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 31);
        await using var projection = Projection(storage);
        await market.LiveAsync(async () => await HoldAsync());
        await DecideDisputesAsync(market, await HoldAsync());
        await CreditAsync(market, await HoldAsync());
        while (await storage.Documents.AssignAsync(1_000, CancellationToken.None) > 0) { }

        var all = await HoldAsync();
        Assert.Equal(Enum.GetValues<BalanceEntryKind>(), all.Entries.Select(one => one.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<DisputeStatus>(), all.Chargebacks.Select(one => one.Status).Distinct().Order());
        Assert.Equal([false, true], all.CreditNotes.Select(one => one.Note.ToCredit).Distinct().Order());
        Assert.All(all.CreditNotes, one => Assert.NotNull(one.Number));

        async Task<ListedDocuments> HoldAsync()
        {
            await projection.DrainAsync(CancellationToken.None);
            var expected = await ListedDocuments.ExpectAsync(storage, market);
            await HoldEntriesAsync(storage, expected.Entries);
            await HoldCreditNotesAsync(storage, expected.CreditNotes);
            await HoldChargebacksAsync(storage, expected.Chargebacks);
            return expected;
        }
    }

    [StorageFact]
    public async Task The_entries_of_every_balance_sum_up_to_it()
    {
        await using var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 32);
        await using var projection = Projection(storage);
        var parties = new HashSet<string>();
        await market.LiveAsync(async () =>
        {
            await projection.DrainAsync(CancellationToken.None);
            var balances = await storage.Balances.ReadAsync(null, null, null, 1_000, CancellationToken.None);
            parties.UnionWith(balances.Select(balance => balance.Key.PartyId));
            foreach (var (key, amount) in balances)
            {
                var filter = new BalanceEntryFilter(key.PartyId) { SellerIds = [key.SellerId], Currencies = [key.Currency] };
                var entries = await ListAsync(storage, filter);
                Assert.Equal(amount, (Int128)entries.Sum(entry => entry.Amount));
                Assert.All(entries, entry => Assert.Equal(key, new BalanceKey(entry.SellerId, entry.PartyId, entry.Currency)));
            }

            foreach (var party in parties)
            {
                var owed = balances.Where(balance => balance.Key.PartyId == party).Aggregate((Int128)0, (sum, one) => sum + one.Amount);
                Assert.Equal(owed, (Int128)(await ListAsync(storage, new BalanceEntryFilter(party))).Sum(entry => entry.Amount));
            }
        });
        Assert.Superset(new HashSet<string> { "platform", "ann", "bob", "seller-1", "seller-2" }, parties);
    }

    [StorageFact]
    public async Task Dropped_and_derived_again_the_lists_are_the_same_and_meanwhile_they_are_not_shown()
    {
        await using var storage = await database.OpenAsync();
        var market = new RandomMarket(storage, seed: 33);
        await market.LiveAsync(() => Task.CompletedTask);
        await using (var projection = Projection(storage)) await projection.DrainAsync(CancellationToken.None);
        var before = await ListedDocuments.ExpectAsync(storage, market);
        await DecideDisputesAsync(market, before);

        var reset = new ListReset(storage.ListProjection, Reader(storage));
        await reset.BeginAsync(CancellationToken.None);
        Assert.Null(await storage.BalanceEntries.ListAsync(new("platform"), null, 1, CancellationToken.None));
        Assert.Null(await storage.CreditNotes.ListAsync(new(), null, 1, CancellationToken.None));
        Assert.Null(await storage.Chargebacks.ListAsync(new(), null, 1, CancellationToken.None));
        while (await reset.StepAsync(CancellationToken.None)) { }

        var after = await ListedDocuments.ExpectAsync(storage, market);
        await HoldEntriesAsync(storage, after.Entries);
        await HoldCreditNotesAsync(storage, after.CreditNotes);
        await HoldChargebacksAsync(storage, after.Chargebacks);
        Assert.NotEqual(before.Chargebacks.Select(one => one.Status), after.Chargebacks.Select(one => one.Status));

        // What is dropped is really gone until it is derived.
        await reset.BeginAsync(CancellationToken.None);
        var rebuild = (await storage.ListProjection.FindRebuildAsync(CancellationToken.None))!.Value;
        var read = await storage.ListProjection.ReadNextAsync(rebuild, 1_000, CancellationToken.None);
        await storage.ListProjection.WriteRebuiltAsync(rebuild, DerivedRows.None, read, CancellationToken.None);
        await storage.ListProjection.WriteRebuiltAsync(
            rebuild with { AfterId = read[^1].SubscriptionId }, DerivedRows.None, [], CancellationToken.None);
        Assert.Empty(await ListAsync(storage, new BalanceEntryFilter("platform")));
        Assert.Empty(await ListAsync(storage, new CreditNoteFilter()));
        Assert.Empty(await ListAsync(storage, new ChargebackFilter()));
    }

    /// <summary>Of the open disputes, one is lost, one stays open, the others are won.</summary>
    private static async Task DecideDisputesAsync(RandomMarket market, ListedDocuments all)
    {
        var open = all.Chargebacks.Where(one => one.Status == DisputeStatus.Open).ToList();
        Assert.True(open.Count > 2, $"{open.Count} disputes are open");
        foreach (var (n, one) in open.Skip(1).Index())
        {
            var command = new SubscriptionCommand.RecordChargeback(one.Invoice, one.Attempt, null)
            {
                Outcome = n == 0 ? DisputeStatus.Lost : DisputeStatus.Won,
            };
            Assert.True(await market.DoAsync(one.SubscriptionId, command));
        }
    }

    /// <summary>Of one payment that nobody gave back yet, most becomes credit.</summary>
    private static async Task CreditAsync(RandomMarket market, ListedDocuments all)
    {
        foreach (var paid in all.Entries.Where(one => one.Kind == BalanceEntryKind.Paid))
        {
            if (all.Entries.Any(one => one.SubscriptionId == paid.SubscriptionId && one.Kind != BalanceEntryKind.Paid)) continue;
            if (await market.DoAsync(paid.SubscriptionId, new SubscriptionCommand.RefundInvoice(paid.Invoice, 500, true, "kind"))) return;
        }

        Assert.Fail("No payment could become credit.");
    }

    private static async Task HoldEntriesAsync(BillingStorage storage, List<BalanceEntry> all)
    {
        var (early, late) = (all[^(all.Count / 3)].CreatedAt, all[all.Count / 3].CreatedAt);
        foreach (var party in new[] { "platform", "ann", "seller-1", "nobody" })
        {
            BalanceEntryFilter[] filters =
            [
                new(party), new(party) { SellerIds = ["seller-1", "seller-2", "seller-1"] }, new(party) { SellerIds = ["seller-2"] },
                new(party) { Currencies = ["JPY"] }, new(party) { Currencies = ["BRL", "JPY", "BRL"], SellerIds = ["seller-1"] },
                new(party) { SubscriptionIds = ["s1", "s2", "s3", "s1"] },
                new(party) { SubscriptionIds = ["s1", "s2"], SellerIds = ["seller-1"], Currencies = ["BRL"] },
                new(party) { Created = new(early, null) }, new(party) { Created = new(early, late), SellerIds = ["seller-1"] },
                new(party) { Created = new(null, late), Currencies = ["BRL"] },
            ];
            foreach (var filter in filters)
            {
                var matching = all.Where(one => Matches(one, filter)).ToList();
                Assert.Equal(matching, await ListAsync(storage, filter));
                Assert.Equal(matching.Take(40), (await ListAsync(storage, filter, 7, 40)).Take(40));
            }
        }

        static bool Matches(BalanceEntry one, BalanceEntryFilter filter) =>
            one.PartyId == filter.PartyId && Any(filter.SellerIds, one.SellerId) && Any(filter.SubscriptionIds, one.SubscriptionId) &&
            Any(filter.Currencies, one.Currency) && Within(filter.Created, one.CreatedAt);
    }

    private static async Task HoldCreditNotesAsync(BillingStorage storage, List<ListedCreditNote> all)
    {
        if (all.Count < 3) return;
        var (early, late) = (all[^(all.Count / 3)].Note.CreatedAt, all[all.Count / 3].Note.CreatedAt);
        CreditNoteFilter[] filters =
        [
            new(), new() { SellerIds = ["seller-1"] }, new() { SellerIds = ["seller-1", "seller-2", "seller-1"] },
            new() { CustomerIds = ["c"], SellerIds = ["seller-2"] }, new() { CustomerIds = ["nobody"] },
            new() { SubscriptionIds = ["s1", "s2", "s3"], CustomerIds = ["c"] }, new() { Numbers = [1, 2, 30] },
            new() { Numbers = [1, 2], SellerIds = ["seller-1"], CustomerIds = ["c"], Created = new(null, late) },
            new() { Created = new(early, late) }, new() { Created = new(early, null), SellerIds = ["seller-1"] },
        ];
        foreach (var filter in filters)
        {
            var matching = all.Where(one => Matches(one, filter)).ToList();
            Assert.Equal(matching, await ListAsync(storage, filter));
            Assert.Equal(matching.Take(20), (await ListAsync(storage, filter, 3, 20)).Take(20));
        }

        static bool Matches(ListedCreditNote one, CreditNoteFilter filter) =>
            Any(filter.SellerIds, one.Note.SellerId) && Any(filter.CustomerIds, one.Note.CustomerId) &&
            Any(filter.SubscriptionIds, one.Note.SubscriptionId) && Any(filter.Numbers, one.Number ?? 0) &&
            Within(filter.Created, one.Note.CreatedAt);
    }

    private static async Task HoldChargebacksAsync(BillingStorage storage, List<Chargeback> all)
    {
        if (all.Count < 3) return;
        var (early, late) = (all[^(all.Count / 3)].OpenedAt, all[all.Count / 3].OpenedAt);
        ChargebackFilter[] filters =
        [
            new(), new() { Statuses = [DisputeStatus.Open] }, new() { Statuses = [DisputeStatus.Won, DisputeStatus.Lost] },
            new() { SellerIds = ["seller-1"] }, new() { SellerIds = ["seller-1", "seller-2"], Statuses = [DisputeStatus.Open] },
            new() { CustomerIds = ["c"], SellerIds = ["seller-2"], Statuses = [DisputeStatus.Open] },
            new() { CustomerIds = ["nobody"] }, new() { SubscriptionIds = [.. all.Select(one => one.SubscriptionId).Take(3)] },
            new() { Created = new(early, late) }, new() { Created = new(null, late), Statuses = [DisputeStatus.Open] },
        ];
        foreach (var filter in filters)
        {
            var matching = all.Where(one => Matches(one, filter)).ToList();
            Assert.Equal(matching, await ListAsync(storage, filter));
            Assert.Equal(matching.Take(10), (await ListAsync(storage, filter, 2, 10)).Take(10));
        }

        static bool Matches(Chargeback one, ChargebackFilter filter) =>
            Any(filter.Statuses, one.Status) && Any(filter.SellerIds, one.SellerId) && Any(filter.CustomerIds, one.CustomerId) &&
            Any(filter.SubscriptionIds, one.SubscriptionId) && Within(filter.Created, one.OpenedAt);
    }

    private static bool Any<T>(IReadOnlyList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);

    private static bool Within(InstantRange range, Instant at) =>
        (range.From is not { } from || at >= from) && (range.To is not { } to || at < to);

    private static Task<List<BalanceEntry>> ListAsync(
        BillingStorage storage, BalanceEntryFilter filter, int limit = 200, int entriesMax = int.MaxValue) => PagesAsync<BalanceEntry>(
        last => storage.BalanceEntries.ListAsync(
            filter, last is null ? null : BalanceEntryMark.Of(last), limit, CancellationToken.None), limit, entriesMax);

    private static Task<List<ListedCreditNote>> ListAsync(
        BillingStorage storage, CreditNoteFilter filter, int limit = 200, int entriesMax = int.MaxValue) => PagesAsync<ListedCreditNote>(
        last => storage.CreditNotes.ListAsync(
            filter, last is null ? null : CreditNoteMark.Of(last.Note), limit, CancellationToken.None), limit, entriesMax);

    private static Task<List<Chargeback>> ListAsync(
        BillingStorage storage, ChargebackFilter filter, int limit = 200, int entriesMax = int.MaxValue) => PagesAsync<Chargeback>(
        last => storage.Chargebacks.ListAsync(
            filter, last is null ? null : ChargebackMark.Of(last), limit, CancellationToken.None), limit, entriesMax);

    private static async Task<List<T>> PagesAsync<T>(Func<T?, ValueTask<IReadOnlyList<T>?>> pageAfter, int limit, int entriesMax)
        where T : class
    {
        var all = new List<T>();
        for (; ;)
        {
            var page = await pageAfter(all.LastOrDefault());
            Assert.NotNull(page);
            all.AddRange(page);
            if (page.Count < limit || all.Count >= entriesMax) return all;
        }
    }
}
