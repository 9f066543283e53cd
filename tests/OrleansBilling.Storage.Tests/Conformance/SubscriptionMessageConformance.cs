using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Messages between customers and sellers, written with the commit.</summary>
public abstract class SubscriptionMessageConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Messages_are_read_oldest_first_in_pages_after_a_restart_too()
    {
        await GivenAsync(Commit("sub-1", message: Sent(1)), Commit("sub-2", message: Sent(1)));
        for (var n = 1; n < 5; n++) await GivenAsync(Commit("sub-1", expected: n, message: Sent(n + 1)));
        Storage = await Database.ReopenAsync(Storage);

        Assert.Equal([Sent(1), Sent(2)], await ReadAsync("sub-1", 0, 2));
        Assert.Equal([Sent(3), Sent(4), Sent(5)], await ReadAsync("sub-1", 2, 9));
        Assert.Equal([Sent(1)], await ReadAsync("sub-2", 0, 9));
        Assert.Empty(await ReadAsync("nobody", 0, 9));
    }

    [StorageFact]
    public async Task A_commit_that_lost_leaves_no_message()
    {
        await GivenAsync(Commit("sub-1"), Commit("sub-2"));
        var outcomes = await CommitAllAsync(
            [Commit("sub-1", expected: 7, message: Sent(8)), Commit("sub-2", expected: 1, message: Sent(2))]);

        Assert.Equal([CommitOutcome.Conflict, CommitOutcome.Committed], outcomes);
        Assert.Empty(await ReadAsync("sub-1", 0, 9));
        Assert.Equal([Sent(2)], await ReadAsync("sub-2", 0, 9));
    }

    private static SubscriptionMessage Sent(long sequence) => new(
        sequence, $"m-{sequence}", (MessageSender)(sequence % 3), Now + NodaTime.Duration.FromMilliseconds(sequence),
        $"line 1\nline {sequence} äöü € \U0001F600");

    private async Task<IReadOnlyList<SubscriptionMessage>> ReadAsync(string id, long after, int max) =>
        await Storage.Messages.ReadAsync(id, after, max, CancellationToken.None);
}
