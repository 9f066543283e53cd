using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Folding of balances. The parties are named after the offers.</summary>
[Collection(PostgresCollection.Name)]
public sealed class BalanceFoldingTests(PostgresFixture postgres) : FoldingTests(postgres, "balance_delta", "balance")
{
    private readonly PostgresFixture postgres = postgres;

    protected override string DeltaRow => "'seller-1', 'offer-1', 'BRL', 1";

    [PostgresFact]
    public async Task A_page_is_right_whichever_of_its_balances_are_folded_and_whichever_are_not()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        await CommitAsync(storage, 1, Balance(1, "b"), Balance(2, "d"), Balance(4, "f"));
        await storage.FoldBalancesAsync(CancellationToken.None);
        await CommitAsync(storage, 2, Balance(8, "a"), Balance(16, "d"), Balance(32, "e"), Balance(64, "f"), Balance(128, "g"));

        Assert.Equal([("a", 8), ("b", 1)], await ReadAsync(storage, null, 2));
        Assert.Equal([("d", 18), ("e", 32)], await ReadAsync(storage, "b", 2));
        Assert.Equal([("f", 68), ("g", 128)], await ReadAsync(storage, "e", 2));
        Assert.Empty(await ReadAsync(storage, "g", 2));
    }

    protected override JournalCommit CommitOf(int number, params (string Sum, long Value)[] parts) =>
        Commit($"sub-{number}", balances: [.. parts.Select(part => Balance(part.Value, part.Sum))]);

    protected override Task<int> FoldAsync(PostgresStorage storage) => storage.FoldBalancesAsync(CancellationToken.None);

    protected override async Task<IReadOnlyList<(string Sum, long Value)>> ReadAsync(PostgresStorage storage) =>
        await ReadAsync(storage, null, 100);

    private static async Task<IReadOnlyList<(string Sum, long Value)>> ReadAsync(PostgresStorage storage, string? after, int limit)
    {
        BalanceKey? key = after is null ? null : new BalanceKey("seller-1", after, "BRL");
        return [.. (await storage.Balances.ReadAsync("seller-1", null, key, limit, CancellationToken.None))
            .Select(row => (row.Key.PartyId, (long)row.Amount))];
    }

    private static async Task CommitAsync(PostgresStorage storage, int number, params BalanceDelta[] balances) =>
        Assert.Equal(
            CommitOutcome.Committed,
            await storage.Journal.CommitAsync(Commit($"sub-{number}", balances: balances), CancellationToken.None));
}
