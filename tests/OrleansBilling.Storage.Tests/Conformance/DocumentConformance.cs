using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class DocumentConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Numbers_count_from_1_per_seller_and_kind_in_the_order_of_the_commits()
    {
        await GivenAsync(
            Commit("sub-1", events: 2, documents: [Invoice(1), Invoice(2)]),
            Commit("sub-2", documents: [Invoice(1)]),
            Commit("sub-3", documents: [Invoice(1, "seller-2"), CreditNote(1, "seller-2")]),
            Commit("sub-1", expected: 2, documents: [CreditNote(1)]),
            Commit("sub-1", expected: 3, documents: [Invoice(3)]));
        Assert.Empty(await FindAsync("sub-1"));

        Assert.Equal(7, await AssignAsync());

        Assert.Equal(new() { [Invoice(1)] = 1, [Invoice(2)] = 2, [Invoice(3)] = 4, [CreditNote(1)] = 1 }, await FindAsync("sub-1"));
        Assert.Equal(new() { [Invoice(1)] = 3 }, await FindAsync("sub-2"));
        Assert.Equal(new() { [Invoice(1, "seller-2")] = 1, [CreditNote(1, "seller-2")] = 1 }, await FindAsync("sub-3"));
        Assert.Empty(await FindAsync("nobody"));
        Assert.Equal(
            [4, null, 1, 3, 4],
            await Storage.Documents.FindAsync(
                [
                    ("sub-1", DocumentKind.Invoice, 3), ("sub-1", DocumentKind.CreditNote, 3), ("sub-3", DocumentKind.CreditNote, 1),
                    ("sub-2", DocumentKind.Invoice, 1), ("sub-1", DocumentKind.Invoice, 3),
                ],
                CancellationToken.None));
    }

    [StorageFact]
    public async Task A_call_numbers_no_more_than_asked_the_oldest_first_and_the_next_goes_on()
    {
        for (var number = 0; number < 5; number++) await GivenAsync(Commit($"sub-{number}", documents: [Invoice(1)]));

        Assert.Equal(2, await AssignAsync(2));
        Assert.Empty(await FindAsync("sub-2"));
        Assert.Equal(2, await AssignAsync(2));
        await GivenAsync(Commit("sub-0", expected: 1, documents: [Invoice(2)]));
        Assert.Equal(2, await AssignAsync(BillingStorage.PageRowsMax));
        Assert.Equal(0, await AssignAsync());

        for (var number = 0; number < 5; number++) Assert.Equal(number + 1, (await FindAsync($"sub-{number}"))[Invoice(1)]);
        Assert.Equal(6, (await FindAsync("sub-0"))[Invoice(2)]);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AssignAsync(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AssignAsync(BillingStorage.PageRowsMax + 1));
    }

    [StorageFact]
    public async Task A_document_that_is_said_to_wait_again_keeps_its_number_and_leaves_no_gap()
    {
        await GivenAsync(Commit("sub-1", events: 2, documents: [Invoice(1), Invoice(1)]));
        Assert.Equal(1, await AssignAsync());

        await GivenAsync(
            Commit("sub-1", expected: 2, documents: [Invoice(2), Invoice(1), Invoice(1, "seller-2")]),
            Commit("sub-2", documents: [Invoice(1), Invoice(1, "seller-2")]));
        Assert.Equal(2, await AssignAsync());

        Assert.Equal(new() { [Invoice(1)] = 1, [Invoice(2)] = 2 }, await FindAsync("sub-1"));
        Assert.Equal(new() { [Invoice(1)] = 3 }, await FindAsync("sub-2"));
        Assert.Equal(0, await AssignAsync());
    }

    [StorageFact]
    public async Task However_many_number_at_once_while_commits_go_on_no_number_is_missing_or_given_twice()
    {
        const int subscriptions = 40;
        const int commits = 5;
        var lives = Task.WhenAll(Enumerable.Range(0, subscriptions).Select(number => Task.Run(async () =>
        {
            for (var version = 0; version < commits; version++)
                await GivenAsync(Commit($"sub-{number}", version, documents: [Invoice(version + 1, $"seller-{number % 2}")]));
        })));
        var numbered = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var sum = 0;
            while (!lives.IsCompleted) sum += await AssignAsync(7);
            return sum;
        })));
        await lives;
        var rest = await AssignAsync(BillingStorage.PageRowsMax);

        Assert.Equal(subscriptions * commits, numbered.Sum() + rest);
        foreach (var parity in new[] { 0, 1 })
        {
            var numbers = new List<long>();
            for (var number = parity; number < subscriptions; number += 2)
            {
                var own = (await FindAsync($"sub-{number}")).OrderBy(pair => pair.Key.Ordinal).Select(pair => pair.Value).ToArray();
                Assert.Equal(own.Order(), own);
                numbers.AddRange(own);
            }

            Assert.Equal(Enumerable.Range(1, subscriptions * commits / 2).Select(value => (long)value), numbers.Order());
        }
    }

    private async Task<int> AssignAsync(int limit = 100) => await Storage.Documents.AssignAsync(limit, CancellationToken.None);

    private async Task<Dictionary<IssuedDocument, long>> FindAsync(string id) =>
        new(await Storage.Documents.FindAsync(id, CancellationToken.None));
}
