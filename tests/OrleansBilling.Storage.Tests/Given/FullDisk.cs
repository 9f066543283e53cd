using OrleansBilling.Runtime.Journal;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>The readiness of a storage whose disk fills up and is cleared again.</summary>
internal static class FullDisk
{
    private const int CommitsMax = 2_000;

    public static async Task ReadinessFollowsCommitsAsync(BillingStorage storage, SmallDisk disk)
    {
        var state = new string('x', 8_000);
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(Commit("before", state: state), CancellationToken.None));
        Assert.True(await storage.Journal.IsAvailableAsync(CancellationToken.None));

        disk.Fill();
        var number = 0;
        while (await storage.Journal.CommitAsync(Commit($"full-{number}", state: state), CancellationToken.None) == CommitOutcome.Committed)
            Assert.True(++number < CommitsMax, "The disk was never full.");
        Assert.False(await storage.Journal.IsAvailableAsync(CancellationToken.None));
        Assert.NotNull(await storage.Journal.LoadAsync("before", CancellationToken.None));

        // A successful commit counts at once. Without one, a tiny commit is tried after a moment.
        disk.Free();
        await Eventually.HoldsAsync(async () => await storage.Journal.IsAvailableAsync(CancellationToken.None));
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(Commit("after", state: state), CancellationToken.None));
        Assert.True(await storage.Journal.IsAvailableAsync(CancellationToken.None));
    }
}
