using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class OutboxConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Messages_wait_as_they_were_committed_oldest_first()
    {
        await GivenAsync(
            Commit("sub-1", events: 3, messages: [Message(1), Message(3)]),
            Commit("sub-2", messages: [Message(1, "seller-2")]),
            Commit("sub-1", expected: 3, messages: [Message(4)]));

        var waiting = await ReadAsync();

        Assert.Equal([("sub-1", 1L), ("sub-1", 3L), ("sub-2", 1L), ("sub-1", 4L)], Names(waiting));
        Assert.Equal(waiting.Select(stored => stored.Position).Order(), waiting.Select(stored => stored.Position));
        var second = waiting[1].Message;
        Assert.Equal(Message(3) with { Data = second.Data }, second);
        Assert.Equal(Text(Json("message 3")), Text(second.Data));
    }

    [StorageFact]
    public async Task A_seller_reads_and_takes_away_its_own_only()
    {
        await GivenAsync(
            Commit("sub-1", messages: [Message(1)]),
            Commit("sub-2", messages: [Message(1, "seller-2")]),
            Commit("sub-3", messages: [Message(1)]));
        var all = Positions(await ReadAsync());

        Assert.Equal([("sub-1", 1L), ("sub-3", 1L)], Names(await ReadAsync("seller-1")));
        Assert.Equal([("sub-2", 1L)], Names(await ReadAsync("seller-2")));
        Assert.Empty(await ReadAsync("nobody"));
        Assert.Equal(1, await RemoveAsync("seller-2", all));
        Assert.Equal([("sub-1", 1L), ("sub-3", 1L)], Names(await ReadAsync()));
    }

    [StorageFact]
    public async Task What_was_taken_away_is_gone_and_taking_it_again_changes_nothing()
    {
        await GivenAsync(Commit("sub-1", events: 3, messages: [Message(1), Message(2), Message(3)]));
        var positions = Positions(await ReadAsync());

        Assert.Equal(2, await RemoveAsync(null, [positions[0], positions[2], positions[2] + 100]));
        Assert.Equal([("sub-1", 2L)], Names(await ReadAsync()));
        Assert.Equal(1, await RemoveAsync(null, positions));
        Assert.Equal(0, await RemoveAsync(null, []));

        // Nor does it remove newer messages.
        await GivenAsync(Commit("sub-1", expected: 3, messages: [Message(4)]));
        Assert.Equal(0, await RemoveAsync(null, positions));
        Assert.Equal([("sub-1", 4L)], Names(await ReadAsync()));
    }

    [StorageFact]
    public async Task A_page_holds_no_more_than_asked_and_nobody_may_ask_for_more_than_a_page()
    {
        await GivenAsync(Commit("sub-1", events: 3, messages: [Message(1), Message(2), Message(3)]));

        Assert.Equal([("sub-1", 1L), ("sub-1", 2L)], Names(await ReadAsync(limit: 2)));
        Assert.Equal(3, (await ReadAsync(limit: IOutbox.PageMax)).Count);
        Assert.Equal(0, await RemoveAsync(null, [.. Enumerable.Range(1_000_000, IOutbox.PageMax).Select(position => (long)position)]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(limit: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(limit: IOutbox.PageMax + 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => RemoveAsync(null, [.. Enumerable.Range(1, IOutbox.PageMax + 1).Select(position => (long)position)]));
    }

    /// <summary>
    /// Positions of different subscriptions may appear out of order: one batch may be written before another that took its positions
    /// first. Those of one subscription cannot: its next commit takes positions only after the previous one is done. So a reader
    /// that removes what it has seen gets each message once, in order per subscription.
    /// </summary>
    [StorageFact]
    public async Task A_reader_beside_many_writers_gets_every_message_once_and_each_subscriptions_in_order()
    {
        const int subscriptions = 60;
        const int commits = 10;
        var lives = Task.WhenAll(Enumerable.Range(0, subscriptions).Select(number => Task.Run(async () =>
        {
            for (var version = 0; version < commits * 2; version += 2)
                Assert.Equal(
                    CommitOutcome.Committed,
                    await CommitAsync(Commit($"sub-{number}", version, events: 2, messages: [Message(version + 1), Message(version + 2)])));
        })));

        var delivered = new Dictionary<string, List<long>>();
        while (true)
        {
            var over = lives.IsCompleted;
            var page = await ReadAsync(limit: 37);
            foreach (var (subscriptionId, sequence) in Names(page))
            {
                if (!delivered.TryGetValue(subscriptionId, out var sequences)) delivered.Add(subscriptionId, sequences = []);
                sequences.Add(sequence);
            }

            Assert.Equal(page.Count, await RemoveAsync(null, Positions(page)));
            if (over && page.Count == 0) break;
        }

        await lives;
        Assert.Equal(subscriptions, delivered.Count);
        Assert.All(
            delivered.Values, sequences => Assert.Equal(Enumerable.Range(1, commits * 2).Select(sequence => (long)sequence), sequences));
    }

    [StorageFact]
    public async Task Messages_are_read_on_after_a_position()
    {
        for (var n = 1; n <= 3; n++) await GivenAsync(Commit($"sub-{n}", messages: [Message(1)]));
        var all = await ReadAsync();
        Assert.Equal(all.Skip(1).Take(1), await Storage.Outbox.ReadAsync(null, all[0].Position, 1, CancellationToken.None), SamePosition);
        Assert.Equal(all.Skip(2), await Storage.Outbox.ReadAsync("seller-1", all[1].Position, 10, CancellationToken.None), SamePosition);
        Assert.Empty(await Storage.Outbox.ReadAsync(null, all[2].Position, 10, CancellationToken.None));

        static bool SamePosition(StoredMessage one, StoredMessage other) => one.Position == other.Position;
    }

    private async Task<IReadOnlyList<StoredMessage>> ReadAsync(string? seller = null, int limit = 100) =>
        await Storage.Outbox.ReadAsync(seller, limit, CancellationToken.None);

    private async Task<int> RemoveAsync(string? seller, params IReadOnlyList<long> positions) =>
        await Storage.Outbox.RemoveAsync(seller, positions, CancellationToken.None);

    private static long[] Positions(IReadOnlyList<StoredMessage> messages) => [.. messages.Select(stored => stored.Position)];

    private static (string SubscriptionId, long Sequence)[] Names(IReadOnlyList<StoredMessage> messages) =>
        [.. messages.Select(stored => (stored.SubscriptionId, stored.Message.Sequence))];
}
