using System.Text;
using NodaTime;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Simulations that are queued, run under a lease, and finished.</summary>
public abstract class SimulationConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly SimulationFailure Failure = new("time_limit", "It took \"too\" long.");

    private ISimulationStore Store => Storage.Simulations;

    [StorageFact]
    public async Task One_of_each_owner_waits_and_a_known_id_is_known()
    {
        Assert.Equal(SubmissionOutcome.Taken, await AddAsync("a1", "ana"));
        Assert.Equal(SubmissionOutcome.Full, await AddAsync("a2", "ana"));
        Assert.Equal(SubmissionOutcome.Known, await AddAsync("a1", "ana"));
        Assert.Equal(SubmissionOutcome.Known, await AddAsync("a1", "ben", max: 1));
        Assert.Equal(SubmissionOutcome.Taken, await AddAsync("b1", "ben"));
        Assert.Equal(SubmissionOutcome.Full, await AddAsync("c1", "cleo", max: 2));

        var found = (await FindAsync("a1"))!;
        Assert.Equal(
            ("a1", new SimulationOrigin("ana", ulong.MaxValue), Now, SimulationStatus.Queued, 0L, 0),
            (found.Id, found.Origin, found.AskedAt, found.Status, found.Done, found.Starts));
        Assert.Equal("{\"of\":\"a1 é\"}", Encoding.UTF8.GetString(found.Question));
        Assert.Null(await FindAsync("a2"));
        Assert.Null(await FindAsync("c1"));
    }

    [StorageFact]
    public async Task Of_many_that_one_owner_asks_at_once_one_waits()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => AddAsync($"a{n}", "ana"))));
        Assert.Equal(1, outcomes.Count(outcome => outcome == SubmissionOutcome.Taken));
        Assert.Equal(19, outcomes.Count(outcome => outcome == SubmissionOutcome.Full));
    }

    [StorageFact]
    public async Task Owners_take_turns_and_of_each_one_runs_at_a_time()
    {
        await AddAsync("a1", "ana");
        Assert.Equal("a1", (await TakeAsync(1))?.Id);
        await AddAsync("a2", "ana", at: 1);
        await AddAsync("c1", "cleo", at: 3);
        await AddAsync("b1", "ben", at: 2);
        Assert.Equal("b1", (await TakeAsync(2))?.Id);
        Assert.Equal("c1", (await TakeAsync(3))?.Id);
        Assert.Null(await TakeAsync(4));

        await EndAsync("c1", 3);
        await AddAsync("c2", "cleo", at: 4);
        await EndAsync("a1", 1);
        Assert.Equal("a2", (await TakeAsync(5))?.Id);
        Assert.Equal("c2", (await TakeAsync(6))?.Id);
        Assert.Null(await TakeAsync(7));
    }

    [StorageFact]
    public async Task Of_many_who_take_at_once_each_gets_another()
    {
        for (var n = 0; n < 10; n++) await AddAsync($"s{n}", $"owner-{n}", at: n);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => TakeAsync(n))));
        Assert.Equal(10, taken.OfType<StoredSimulation>().Select(one => one.Id).Distinct().Count());
        Assert.Equal(10, taken.Count(one => one is null));
    }

    [StorageFact]
    public async Task A_run_is_held_as_long_as_it_is_renewed_and_taken_over_when_it_is_not()
    {
        await AddAsync("a1", "ana");
        Assert.Equal(1, (await TakeAsync(1))?.Starts);
        Assert.True(await RenewAsync("a1", runner: 1, second: 20, done: 7));
        Assert.Equal((SimulationStatus.Running, 7), await StateAsync("a1"));

        // The lease lasts thirty seconds.
        Assert.Null(await TakeAsync(2, second: 50));
        var again = await TakeAsync(2, second: 51);
        Assert.Equal(("a1", 2, 0L), (again!.Id, again.Starts, again.Done));
        Assert.False(await RenewAsync("a1", runner: 1, second: 51, done: 8));
        await EndAsync("a1", runner: 1);
        Assert.Equal((SimulationStatus.Running, 0), await StateAsync("a1"));

        await Store.ReleaseAsync("a1", Runner(1), CancellationToken.None);
        Assert.Null(await TakeAsync(3, second: 52));
        await Store.ReleaseAsync("a1", Runner(2), CancellationToken.None);
        Assert.Equal(2, (await TakeAsync(3, second: 52))?.Starts);
    }

    [StorageFact]
    public async Task What_came_of_it_stays_also_after_a_restart()
    {
        await AddAsync("done", "ana");
        await TakeAsync(1);
        await EndAsync("done", 1, stored => stored with { Status = SimulationStatus.Done, Done = 12, Result = Bytes("{\"r\":\"€\"}") });
        await AddAsync("failed", "ana", at: 1);
        await TakeAsync(1);
        await EndAsync("failed", 1, stored => stored with { Status = SimulationStatus.Failed, Failure = Failure });
        await AddAsync("waits", "ana", at: 2);

        await Storage.DisposeAsync();
        await using var again = await Database.OpenAsync();

        var done = (await again.Simulations.FindAsync("done", CancellationToken.None))!;
        Assert.Equal(
            (SimulationStatus.Done, 12L, "{\"r\":\"€\"}", null),
            (done.Status, done.Done, Encoding.UTF8.GetString(done.Result!), done.Failure));
        Assert.Equal(Failure, (await again.Simulations.FindAsync("failed", CancellationToken.None))!.Failure);
        var listed = await again.Simulations.ListAsync("ana", 10, CancellationToken.None);
        Assert.Equal(["waits", "failed", "done"], listed.Select(one => one.Id));
        Assert.All(listed, one => Assert.Null(one.Result));
        Assert.Equal(["waits"], (await again.Simulations.ListAsync(null, 1, CancellationToken.None)).Select(one => one.Id));
        Assert.Empty(await again.Simulations.ListAsync("ben", 10, CancellationToken.None));
    }

    [StorageFact]
    public async Task What_is_called_off_stays_so_and_what_has_ended_is_not_called_off()
    {
        await AddAsync("runs", "ana");
        await TakeAsync(1);
        await AddAsync("waits", "ana", at: 1);
        foreach (var id in new[] { "runs", "waits", "nothing" }) await Store.CancelAsync(id, CancellationToken.None);
        Assert.False(await RenewAsync("runs", 1, 1, 5));
        await EndAsync("runs", 1);
        Assert.Equal(SimulationStatus.Canceled, (await StateAsync("runs")).Status);
        Assert.Equal(SimulationStatus.Canceled, (await StateAsync("waits")).Status);
        Assert.Null(await TakeAsync(2));

        await AddAsync("done", "ana", at: 2);
        await TakeAsync(1);
        await EndAsync("done", 1);
        await Store.CancelAsync("done", CancellationToken.None);
        Assert.Equal(SimulationStatus.Done, (await StateAsync("done")).Status);
    }

    [StorageFact]
    public async Task Of_each_owner_so_many_so_large_and_so_old_are_kept()
    {
        for (var n = 0; n < 6; n++) await AnsweredAsync($"a{n}", "ana", n, 100);
        await AnsweredAsync("b0", "ben", 0, 100);
        await AddAsync("a6", "ana", at: 6);

        await PruneAsync("ana", count: 5, bytes: 1_000_000, fromSecond: 0);
        Assert.Equal(["a6", "a5", "a4", "a3", "a2"], await IdsAsync("ana"));

        // A question has 13 bytes.
        await PruneAsync("ana", count: 5, bytes: 13 + (2 * 113), fromSecond: 0);
        Assert.Equal(["a6", "a5", "a4"], await IdsAsync("ana"));
        await PruneAsync("ana", count: 5, bytes: 1, fromSecond: 5);
        Assert.Equal(["a6"], await IdsAsync("ana"));
        Assert.Empty(await IdsAsync("ben"));

        // The newest stays, however large. An unfinished one stays, however old.
        await PruneAsync("ana", count: 1, bytes: 1, fromSecond: 100);
        Assert.Equal(["a6"], await IdsAsync("ana"));
        await AnsweredAsync("c0", "cleo", 0, 10_000);
        await PruneAsync("cleo", count: 1, bytes: 1, fromSecond: 0);
        Assert.Equal(["c0"], await IdsAsync("cleo"));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Runner(int number) => $"runner-{number}";

    private static Instant Second(int second) => Now + Duration.FromSeconds(second);

    private async Task<SubmissionOutcome> AddAsync(string id, string owner, int at = 0, int max = 1_000) =>
        await Store.AddAsync(
            new StoredSimulation(id, new SimulationOrigin(owner, ulong.MaxValue), Second(at), Bytes($$"""{"of":"{{id}} é"}""")), max,
            CancellationToken.None);

    private async Task<StoredSimulation?> FindAsync(string id) => await Store.FindAsync(id, CancellationToken.None);

    private async Task<(SimulationStatus Status, long Done)> StateAsync(string id)
    {
        var found = (await FindAsync(id))!;
        return (found.Status, found.Done);
    }

    private async Task<StoredSimulation?> TakeAsync(int runner, int? second = null)
    {
        var now = Second(second ?? runner);
        return await Store.TakeAsync(new SimulationLease(Runner(runner), now, now + Duration.FromSeconds(30)), CancellationToken.None);
    }

    private async Task<bool> RenewAsync(string id, int runner, int second, long done) =>
        await Store.RenewAsync(id, new SimulationLease(Runner(runner), Second(second), Second(second + 30)), done, CancellationToken.None);

    private async Task EndAsync(string id, int runner, Func<StoredSimulation, StoredSimulation>? how = null)
    {
        var found = (await FindAsync(id))!;
        await Store.EndAsync(
            how is null ? found with { Status = SimulationStatus.Done } : how(found), Runner(runner), CancellationToken.None);
    }

    private async Task AnsweredAsync(string id, string owner, int at, int bytes)
    {
        Assert.Equal(SubmissionOutcome.Taken, await AddAsync(id, owner, at));
        Assert.Equal(id, (await TakeAsync(at))?.Id);
        await EndAsync(id, at, stored => stored with { Status = SimulationStatus.Done, Result = Bytes(new string('r', bytes)) });
    }

    private async Task PruneAsync(string owner, int count, long bytes, int fromSecond) =>
        await Store.PruneAsync(owner, new SimulationBounds(count, bytes, Second(fromSecond)), CancellationToken.None);

    private async Task<IEnumerable<string>> IdsAsync(string owner) =>
        (await Store.ListAsync(owner, 100, CancellationToken.None)).Select(one => one.Id);
}
