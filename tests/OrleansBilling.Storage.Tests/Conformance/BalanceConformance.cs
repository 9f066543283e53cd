using System.Collections.Immutable;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class BalanceConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task What_a_party_is_owed_adds_up_per_seller_and_currency()
    {
        await GivenAsync(
            Commit("sub-1", balances: [Balance(1_800), Balance(200, "platform")]),
            Commit("sub-2", balances: [Balance(900, currency: "JPY"), Balance(100, "platform", currency: "JPY")]),
            Commit("sub-3", balances: [Balance(70, "seller-2", "seller-2"), Balance(30, "platform", "seller-2")]),
            Commit("sub-1", expected: 1, balances: [Balance(-1_801), Balance(-20, "platform"), Balance(1, "platform")]));

        Assert.Equal(
            [
                "seller-1 platform BRL 181", "seller-1 platform JPY 100", "seller-1 seller-1 BRL -1", "seller-1 seller-1 JPY 900",
                "seller-2 platform BRL 30", "seller-2 seller-2 BRL 70",
            ],
            await ReadAsync());
    }

    [StorageFact]
    public async Task A_seller_and_a_party_find_their_own()
    {
        await GivenAsync(
            Commit("sub-1",
                balances: [Balance(1), Balance(2, "platform"), Balance(4, "platform", "seller-2"), Balance(8, "seller-2", "seller-2")]));

        Assert.Equal(["seller-1 platform BRL 2", "seller-1 seller-1 BRL 1"], await ReadAsync("seller-1"));
        Assert.Equal(["seller-1 platform BRL 2", "seller-2 platform BRL 4"], await ReadAsync(party: "platform"));
        Assert.Equal(["seller-2 platform BRL 4"], await ReadAsync("seller-2", "platform"));
        Assert.Empty(await ReadAsync("nobody"));
        Assert.Empty(await ReadAsync("seller-1", "seller-2"));
    }

    [StorageFact]
    public async Task Pages_follow_each_other_by_seller_party_and_currency()
    {
        // Ids sort by character, whatever the machine's language.
        BalanceDelta[] inOrder =
        [
            Balance(1, "Z", "A"), Balance(2, "a", "A"), Balance(3, "A", "B"), Balance(4, "A", "_"), Balance(5, "A", "a", "BRL"),
            Balance(6, "A", "a", "JPY"), Balance(7, "B", "a"),
        ];
        await GivenAsync([.. inOrder.Reverse().Select(delta => Commit($"sub-{delta.Amount}", balances: [delta]))]);

        var seen = new List<BalanceRow>();
        BalanceKey? after = null;
        while (await Storage.Balances.ReadAsync(null, null, after, 2, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 2);
            seen.AddRange(page);
            after = page[^1].Key;
        }

        Assert.Equal(inOrder.Select(delta => new BalanceRow(delta.Key, delta.Amount)), seen);
        Assert.Equal(["a A JPY 6"], await ReadAsync("a", "A", new BalanceKey("a", "A", "BRL")));
    }

    [StorageFact]
    public async Task Charges_of_one_seller_at_the_same_time_all_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => Task.Run(() =>
            GivenAsync(Commit($"sub-{number}", balances: [Balance(number), Balance(1, "platform")])))));

        Assert.Equal(["seller-1 platform BRL 300", $"seller-1 seller-1 BRL {Enumerable.Range(0, 300).Sum()}"], await ReadAsync());
    }

    [StorageFact]
    public async Task Balances_of_several_sellers_and_parties_are_in_one_order()
    {
        foreach (var (n, (seller, party)) in new[] { ("a", "x"), ("a", "y"), ("b", "x"), ("b", "z"), ("c", "x") }.Index())
            await GivenAsync(Commit($"sub-{n}", balances: [Balance(n + 1, party, seller)]));

        Assert.Equal(["a/x", "a/y", "b/x", "b/z"], await NamesAsync(["b", "a", "b", "nobody"], []));
        Assert.Equal(["a/x", "b/x", "b/z", "c/x"], await NamesAsync([], ["z", "x"]));
        Assert.Equal(["a/x", "c/x"], await NamesAsync(["c", "a"], ["x", "z"]));
        Assert.Equal(["b/z", "c/x"], await NamesAsync([], ["z", "x"], new BalanceKey("b", "x", "BRL"), 2));
        Assert.Equal(["a/x", "a/y", "b/x"], await NamesAsync(["b", "a"], [], null, 3));

        async Task<IEnumerable<string>> NamesAsync(
            ImmutableArray<string> sellers, ImmutableArray<string> parties, BalanceKey? after = null, int limit = 100) =>
            (await Storage.Balances.ReadAsync(sellers, parties, after, limit, CancellationToken.None))
                .Select(row => $"{row.Key.SellerId}/{row.Key.PartyId}");
    }

    [StorageFact]
    public async Task Pages_are_bounded()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Storage.Balances.ReadAsync(null, null, null, 0, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Storage.Balances.ReadAsync(null, null, null, BillingStorage.PageRowsMax + 1, CancellationToken.None));
        Assert.Empty(await Storage.Balances.ReadAsync(null, null, null, BillingStorage.PageRowsMax, CancellationToken.None));
    }

    private async Task<string[]> ReadAsync(string? seller = null, string? party = null, BalanceKey? after = null) =>
        [
            .. (await Storage.Balances.ReadAsync(seller, party, after, 100, CancellationToken.None))
                .Select(row => $"{row.Key.SellerId} {row.Key.PartyId} {row.Key.Currency} {row.Amount}"),
        ];
}
