using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Positions are assigned before the commit that takes them is done; see the table's script.</summary>
[Collection(PostgresCollection.Name)]
public sealed class OutboxOrderTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task A_message_that_was_overtaken_by_another_subscriptions_is_read_when_its_commit_is_over()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        await using (var slow = await database.ConnectAsync())
        {
            await PostgresTestDatabase.ExecuteAsync(
                slow,
                "begin; insert into outbox (subscription_id, sequence, type, seller_id, at, data) " +
                "values ('slow', 1, 'm', 'seller-1', now(), '{}')");
            await CommitAsync(storage, Commit("fast", messages: [Message(1)]));
            var seen = Assert.Single(await ReadAsync(storage));
            Assert.Equal("fast", seen.SubscriptionId);
            Assert.Equal(1, await storage.Outbox.RemoveAsync(null, [seen.Position], CancellationToken.None));

            await PostgresTestDatabase.ExecuteAsync(slow, "commit");

            var late = Assert.Single(await ReadAsync(storage));
            Assert.Equal("slow", late.SubscriptionId);
            Assert.True(late.Position < seen.Position);
        }
    }

    [PostgresFact]
    public async Task A_reader_gets_each_subscriptions_messages_in_order_when_two_processes_take_turns_to_commit_them()
    {
        const int subscriptions = 30;
        const int commits = 20;
        var database = await postgres.CreateAsync();
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();
        var lives = Task.WhenAll(Enumerable.Range(0, subscriptions).Select(number => Task.Run(async () =>
        {
            for (var version = 0; version < commits; version++)
                await CommitAsync(
                    (number + version) % 2 == 0 ? first : second, Commit($"sub-{number}", version, messages: [Message(version + 1)]));
        })));

        var last = Enumerable.Range(0, subscriptions).ToDictionary(number => $"sub-{number}", _ => 0L);
        while (last.Values.Any(sequence => sequence < commits))
        {
            var over = lives.IsCompleted;
            var page = await ReadAsync(first);
            Assert.False(over && page.Count == 0, "A message was lost.");
            foreach (var stored in page)
            {
                Assert.Equal(last[stored.SubscriptionId] + 1, stored.Message.Sequence);
                last[stored.SubscriptionId]++;
            }

            Assert.Equal(
                page.Count, await first.Outbox.RemoveAsync(null, [.. page.Select(stored => stored.Position)], CancellationToken.None));
        }

        await lives;
        Assert.Empty(await ReadAsync(second));
    }

    private static async Task CommitAsync(BillingStorage storage, JournalCommit commit) =>
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(commit, CancellationToken.None));

    private static async Task<IReadOnlyList<StoredMessage>> ReadAsync(BillingStorage storage) =>
        await storage.Outbox.ReadAsync(null, 50, CancellationToken.None);
}
