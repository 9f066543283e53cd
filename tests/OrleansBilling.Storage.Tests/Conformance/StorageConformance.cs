using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>The contract of every kind of database. Each test has its own empty database.</summary>
public abstract class StorageConformance(Func<Task<TestDatabase>> createDatabase) : IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;

    protected BillingStorage Storage { get; set; } = null!;

    protected IJournal Journal => Storage.Journal;

    protected IDueQueue Due => Storage.Due;

    /// <summary>Reads all due work, group by group, in pages.</summary>
    protected async Task<List<DueSubscription>> ReadDueAsync(Instant now, int limit = 100)
    {
        var due = new List<DueSubscription>();
        for (var group = 0; group < Due.GroupCount; group++)
        {
            DueCursor? cursor = null;
            while (await Due.ReadDueAsync(group, now, cursor, limit, CancellationToken.None) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, limit);
                due.AddRange(page);
                cursor = new DueCursor(page[^1].DueAt, page[^1].Stored.SubscriptionId);
            }
        }

        return due;
    }

    public async ValueTask InitializeAsync()
    {
        Database = await createDatabase();
        Storage = await Database.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await Database.DisposeAsync();
    }

    protected async Task ReopenAsync()
    {
        await Storage.DisposeAsync();
        Storage = await Database.OpenAsync();
    }

    protected async Task<CommitOutcome> CommitAsync(JournalCommit commit) => await Journal.CommitAsync(commit, CancellationToken.None);

    protected Task<CommitOutcome[]> CommitAllAsync(IEnumerable<JournalCommit> commits) =>
        Task.WhenAll(commits.Select(commit => Task.Run(() => CommitAsync(commit))));

    /// <summary>Commits that must succeed for a test to be meaningful.</summary>
    protected async Task GivenAsync(params JournalCommit[] commits)
    {
        foreach (var commit in commits) Assert.Equal(CommitOutcome.Committed, await CommitAsync(commit));
    }

    protected async Task<StoredSubscription?> LoadAsync(string id) => await Journal.LoadAsync(id, CancellationToken.None);

    protected async Task<long> VersionOfAsync(string id) => (await LoadAsync(id))?.Version ?? 0;
}
