using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>The texts of commands, written with the commit.</summary>
public abstract class SubscriptionTextConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Texts_of_many_subscriptions_are_found_at_once_after_a_restart_too()
    {
        await GivenAsync(
            Commit("sub-1") with { Texts = [Text("sub-1", 1), Text("sub-1", 1, TextKind.RefundReason)] },
            Commit("sub-2") with { Texts = [Text("sub-2", 1)] });
        await GivenAsync(Commit("sub-1", expected: 1) with { Texts = [Text("sub-1", 2, TextKind.ChargebackReason)] });
        Storage = await Database.ReopenAsync(Storage);

        StoredText[] wanted = [Text("sub-1", 1, TextKind.RefundReason), Text("sub-1", 2, TextKind.ChargebackReason), Text("sub-2", 1)];
        var places = wanted.Select(text => text.Place).Append(Text("sub-2", 2).Place).Append(Text("nobody", 1).Place).ToList();
        var found = await Storage.Texts.FindAsync(places, CancellationToken.None);
        Assert.Equal(wanted, found.OrderBy(text => text.Place.SubscriptionId).ThenBy(text => text.Place.Sequence));
        Assert.Empty(await Storage.Texts.FindAsync([], CancellationToken.None));
    }

    [StorageFact]
    public async Task A_commit_that_lost_leaves_no_text()
    {
        await GivenAsync(Commit("sub-1"), Commit("sub-2"));
        var outcomes = await CommitAllAsync(
        [
            Commit("sub-1", expected: 7) with { Texts = [Text("sub-1", 8)] },
            Commit("sub-2", expected: 1) with { Texts = [Text("sub-2", 2)] },
        ]);

        Assert.Equal([CommitOutcome.Conflict, CommitOutcome.Committed], outcomes);
        Assert.Equal(
            [Text("sub-2", 2)],
            await Storage.Texts.FindAsync([Text("sub-1", 8).Place, Text("sub-2", 2).Place], CancellationToken.None));
    }

    [StorageFact]
    public async Task Rows_with_a_text_are_found_by_range_and_moved_unless_they_changed()
    {
        var canceled = """{"cancellation":{"comment":"é"}}"""u8.ToArray();
        var state = """{"state":{"cancellation":{"comment":"é"}}}"""u8.ToArray();
        var refunded = """{"reason":"sorry"}"""u8.ToArray();
        foreach (var id in new[] { "sub-1", "sub-2", "sub-3" })
        {
            var made = Commit(id, events: 2);
            await GivenAsync(made with
            {
                State = state,
                Checkpoint = state,
                Events =
                [
                    made.Events[0] with { Type = "canceled", Data = canceled },
                    made.Events[1] with { Type = "credit_granted", Data = refunded },
                ],
            });
        }

        await GivenAsync(Commit("sub-4"));
        var found = await Storage.Persons.FindTextsAsync("sub-1", "sub-3", CancellationToken.None);
        (PersonPlace, string, long, string?)[] expected =
        [
            (PersonPlace.Event, "sub-2", 1, "canceled"), (PersonPlace.Event, "sub-2", 2, "credit_granted"),
            (PersonPlace.Event, "sub-3", 1, "canceled"), (PersonPlace.Event, "sub-3", 2, "credit_granted"),
            (PersonPlace.Snapshot, "sub-2", 2, null), (PersonPlace.Snapshot, "sub-3", 2, null),
            (PersonPlace.Checkpoint, "sub-2", 2, null), (PersonPlace.Checkpoint, "sub-3", 2, null),
        ];
        Assert.Equal(expected.Order(), found.Select(row => (row.Place, row.SubscriptionId, row.Number, row.EventType)).Order());
        Assert.Equal(expected.Take(4), found.Take(4).Select(row => (row.Place, row.SubscriptionId, row.Number, row.EventType)));

        await GivenAsync(Commit("sub-3", expected: 2) with { State = "{}"u8.ToArray() });
        var before = await Storage.ListProjection.ReadNotesAsync(100, TimeSpan.Zero, CancellationToken.None);
        var moved = found.Select(row => row with { Data = "{}"u8.ToArray() }).ToList();
        await Storage.Persons.MoveTextsAsync([Text("sub-2", 1), Text("sub-2", 1)], moved, CancellationToken.None);

        Assert.Empty(await Storage.Persons.FindTextsAsync("sub-1", "sub-3", CancellationToken.None));
        Assert.NotEmpty(await Storage.Persons.FindTextsAsync(null, "sub-1", CancellationToken.None));
        Assert.Equal([Text("sub-2", 1)], await Storage.Texts.FindAsync([Text("sub-2", 1).Place], CancellationToken.None));
        Assert.Equal("{}"u8.ToArray(), (await Storage.Journal.LoadAsync("sub-3", CancellationToken.None))!.State);
        var after = await Storage.ListProjection.ReadNotesAsync(100, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(2, after.Ids.Count - before.Ids.Count);
    }

    private static StoredText Text(string id, long sequence, TextKind kind = TextKind.Comment) =>
        new(new TextPlace(id, sequence, kind), $"line 1\nof {kind} {sequence} äöü € \U0001F600");
}
