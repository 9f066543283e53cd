using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Pages of idempotency keys, stored outside their snapshot.</summary>
public abstract class KeyPageConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Pages_come_back_oldest_first_and_go_up_to_where_they_have_expired()
    {
        await GivenAsync(
            Commit("sub-1", keyPage: 1),
            Commit("sub-1", expected: 1, keyPage: 2),
            Commit("sub-1", expected: 2, events: 2, keyPage: 4),
            Commit("sub-2", keyPage: 1));
        Assert.Equal([(1, "page 1"), (2, "page 2"), (4, "page 4")], await ReadAsync("sub-1"));

        await GivenAsync(Commit("sub-1", expected: 4, keyPage: 5, keyPagesExpired: 2));

        Assert.Equal([(4, "page 4"), (5, "page 5")], await ReadAsync("sub-1"));
        Assert.Equal([(1, "page 1")], await ReadAsync("sub-2"));
        Assert.Empty(await ReadAsync("nobody"));
    }

    [StorageFact]
    public async Task Whoever_loses_writes_no_page_and_deletes_none()
    {
        await GivenAsync([.. Enumerable.Range(0, 20).Select(number => Commit($"sub-{number}", keyPage: 1))]);
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            all = CommitAllAsync(Enumerable.Range(0, 20).Select(number =>
                Commit($"sub-{number}", expected: number % 2 == 0 ? 1 : 7, keyPage: number % 2 == 0 ? 2 : 8, keyPagesExpired: 1)));
        }

        var outcomes = await all;
        for (var number = 0; number < 20; number++)
        {
            Assert.Equal(number % 2 == 0 ? CommitOutcome.Committed : CommitOutcome.Conflict, outcomes[number]);
            Assert.Equal(number % 2 == 0 ? [(2, "page 2")] : [(1, "page 1")], await ReadAsync($"sub-{number}"));
        }
    }

    [StorageFact]
    public async Task Pages_are_there_after_a_restart()
    {
        await GivenAsync(Commit("sub-1", keyPage: 1));

        await Storage.DisposeAsync();
        await using var again = await Database.OpenAsync();

        var page = Assert.Single(await again.Journal.ReadKeyPagesAsync("sub-1", CancellationToken.None));
        Assert.Equal((1L, Text(Json("page 1"))), (page.Version, Text(page.Data)));
    }

    private async Task<(int Version, string Data)[]> ReadAsync(string id) =>
        [.. (await Journal.ReadKeyPagesAsync(id, CancellationToken.None)).Select(page => ((int)page.Version, NameOf(page)))];

    private static string NameOf(StoredKeyPage page)
    {
        Assert.Equal(Text(Json($"page {page.Version}")), Text(page.Data));
        return $"page {page.Version}";
    }
}
