using System.Threading.Channels;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Commits;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests;

public sealed class CommitGathererTests
{
    private readonly Channel<PendingCommit> queue = Channel.CreateUnbounded<PendingCommit>();

    [Fact]
    public void A_batch_takes_no_more_rows_than_allowed()
    {
        var gatherer = new CommitGatherer(queue.Reader, rowsMax: 3);
        Enqueue("a", "b", "c", "d", "e");

        Assert.Equal(3, gatherer.Gather().Count);
        Assert.Equal(2, gatherer.Gather().Count);
        Assert.Equal(0, gatherer.Gather().Count);
    }

    [Fact]
    public void A_batch_takes_no_further_row_once_it_is_large()
    {
        var gatherer = new CommitGatherer(queue.Reader, rowsMax: 100);
        var large = new string('x', CommitGatherer.BatchBytesMax / 4);
        foreach (var id in new[] { "a", "b", "c", "d", "e" }) Enqueue(new PendingCommit(Commit(id, state: large), SubscriptionHash.Of(id)));

        Assert.Equal(4, gatherer.Gather().Count);
        Assert.Single(gatherer.Gather());
    }

    [Fact]
    public void Messages_and_usage_keys_make_a_batch_large_too()
    {
        const int quarter = CommitGatherer.BatchBytesMax / 4;
        var message = new OutboxMessage(1, "large", "seller-1", Now, new byte[quarter]);
        string[] keys = [.. Enumerable.Range(0, 100).Select(number => new string('k', quarter / 100) + number)];
        var gatherer = new CommitGatherer(queue.Reader, rowsMax: 100);
        foreach (var id in new[] { "a", "b" }) Enqueue(new PendingCommit(Commit(id, messages: [message]), SubscriptionHash.Of(id)));
        foreach (var id in new[] { "c", "d", "e" }) Enqueue(new PendingCommit(Commit(id, usageKeys: keys), SubscriptionHash.Of(id)));

        Assert.Equal(4, gatherer.Gather().Count);
        Assert.Single(gatherer.Gather());
    }

    [Fact]
    public void The_second_commit_of_a_subscription_waits_for_the_next_batch_and_keeps_its_turn()
    {
        var gatherer = new CommitGatherer(queue.Reader, rowsMax: 100);
        foreach (var version in new[] { 0, 1, 2 }) Enqueue(new PendingCommit(Commit("a", version), SubscriptionHash.Of("a")));
        Enqueue("b");

        Assert.Equal(["a 0", "b 0"], Names(gatherer.Gather()).Order());
        Assert.True(gatherer.HasHeld);
        Assert.Equal(["a 1"], Names(gatherer.Gather()));
        Assert.Equal(["a 2"], Names(gatherer.Gather()));
        Assert.False(gatherer.HasHeld);
        Assert.Equal(0, gatherer.Gather().Count);
    }

    [Fact]
    public void Batches_lock_in_one_order_whatever_the_order_of_arrival()
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(number => $"sub-{number}")];
        var gatherer = new CommitGatherer(queue.Reader, rowsMax: 100);
        Enqueue(ids);
        var first = Names(gatherer.Gather());
        Enqueue([.. ids.Reverse()]);

        Assert.Equal(first, Names(gatherer.Gather()));
    }

    private void Enqueue(params string[] ids)
    {
        foreach (var id in ids) Enqueue(new PendingCommit(Commit(id), SubscriptionHash.Of(id)));
    }

    private void Enqueue(PendingCommit pending) => Assert.True(queue.Writer.TryWrite(pending));

    private static string[] Names(ArraySegment<PendingCommit> batch) =>
        [.. batch.Select(pending => $"{pending.Commit.SubscriptionId} {pending.Commit.ExpectedVersion}")];
}
