using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Testing;
using Asked = OrleansBilling.Runtime.WhatIf.Simulation;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>One simulation runs, one per owner waits, owners take turns, and any process can watch and cancel each.</summary>
public sealed class SimulationsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly SimulationOptions Lively = new()
    {
        LookInterval = TimeSpan.FromMilliseconds(10), RenewInterval = TimeSpan.FromMilliseconds(10),
    };
    private readonly TaskCompletionSource held = new();
    private Book book = null!;

    public async ValueTask InitializeAsync() => book = await Book.OfAsync(10);

    public async ValueTask DisposeAsync() => await book.DisposeAsync();

    [Fact]
    public async Task Progress_is_seen_while_it_runs_here_at_once_and_elsewhere_soon()
    {
        var atSecondPage = HoldAtPage(2);
        await using var simulations = book.Simulations(Lively with { PageMax = 4, WorkersMax = 2 });
        await SubmitAsync(simulations, "a");
        await atSecondPage.WaitAsync(Patience);

        var here = await FindAsync(simulations, "a");
        Assert.Equal((SimulationStatus.Running, 4, 10), (here.State.Status, here.SubscriptionsDone, here.SubscriptionsTotal));
        await using var elsewhere = book.Simulations(Lively, runner: "runner-2");
        Assert.Equal(
            SimulationStatus.Running, (await UntilAsync(elsewhere, "a", simulation => simulation.SubscriptionsDone == 4)).State.Status);

        held.SetResult();
        var done = await EndedAsync(elsewhere, "a");
        Assert.Equal((SimulationStatus.Done, 10, 10), (done.State.Status, done.SubscriptionsDone, done.State.Result!.Taken));
    }

    [Fact]
    public async Task Of_each_owner_one_waits_beside_the_one_that_runs_and_a_further_one_is_told_to_come_back()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations();
        await SubmitAsync(simulations, "runs");
        await running.WaitAsync(Patience);
        await SubmitAsync(simulations, "waits");

        Assert.Equal(SubmissionOutcome.Full, (await AskAsync(simulations, "one-more")).Outcome);
        Assert.Null(await simulations.FindAsync("one-more", CancellationToken.None));
        await SubmitAsync(simulations, "of-ben", "ben");

        // A repeated request gets its own simulation, even when the queue is full.
        var known = await AskAsync(simulations, "waits");
        Assert.Equal((SubmissionOutcome.Known, SimulationStatus.Queued), (known.Outcome, known.Simulation.State.Status));
        Assert.Equal(["waits", "runs"], (await simulations.ListAsync("ana", CancellationToken.None)).Select(simulation => simulation.Id));
        Assert.Equal(
            ["of-ben", "waits", "runs"], (await simulations.ListAsync(null, CancellationToken.None)).Select(simulation => simulation.Id));

        held.SetResult();
        foreach (var id in new[] { "runs", "waits", "of-ben" })
            Assert.Equal(SimulationStatus.Done, (await EndedAsync(simulations, id)).State.Status);
    }

    [Fact]
    public async Task Owners_take_turns_however_eager_one_of_them_is()
    {
        var running = HoldAtPage(1);
        var order = new List<string>();
        await using var simulations = book.Simulations(Lively);
        await SubmitAsync(simulations, "ana-1");
        await running.WaitAsync(Patience);
        await SubmitAsync(simulations, "ana-2");
        foreach (var owner in new[] { "ben", "cleo", "dora" }) await SubmitAsync(simulations, owner, owner);
        book.Directory.OnPage = (_, _) =>
        {
            order.Add(
                book.Store.ListAsync(null, 100, CancellationToken.None)
                    .AsTask().Result.Single(one => one.Status == SimulationStatus.Running).Id);
            return Task.CompletedTask;
        };

        held.SetResult();
        await EndedAsync(simulations, "ana-2");
        Assert.Equal(["ben", "cleo", "dora", "ana-2"], order);
    }

    [Fact]
    public async Task What_waits_can_be_called_off_and_makes_room()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations();
        await SubmitAsync(simulations, "runs");
        await running.WaitAsync(Patience);
        await SubmitAsync(simulations, "waits");

        await simulations.CancelAsync("waits", CancellationToken.None);
        Assert.Equal(SimulationStatus.Canceled, (await FindAsync(simulations, "waits")).State.Status);
        await SubmitAsync(simulations, "next");

        held.SetResult();
        Assert.Equal(SimulationStatus.Done, (await EndedAsync(simulations, "next")).State.Status);
        Assert.Equal(0, (await FindAsync(simulations, "waits")).SubscriptionsDone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_runs_can_be_called_off_here_or_elsewhere_and_the_next_begins(bool here)
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations(Lively);
        await SubmitAsync(simulations, "called-off");
        await running.WaitAsync(Patience);
        await using var elsewhere = book.Simulations(Lively with { LookInterval = TimeSpan.FromHours(1) }, runner: "runner-2");
        await SubmitAsync(simulations, "next");

        await (here ? simulations : elsewhere).CancelAsync("called-off", CancellationToken.None);
        Assert.Equal(SimulationStatus.Done, (await EndedAsync(simulations, "next")).State.Status);

        // An ended simulation stays as it is.
        await simulations.CancelAsync("next", CancellationToken.None);
        Assert.Equal(SimulationStatus.Done, (await FindAsync(simulations, "next")).State.Status);
        var calledOff = await FindAsync(simulations, "called-off");
        Assert.Equal((SimulationStatus.Canceled, null), (calledOff.State.Status, calledOff.State.Result));
    }

    [Fact]
    public async Task A_run_that_takes_too_long_fails()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations(new SimulationOptions { TimeLimit = TimeSpan.FromMilliseconds(50) });
        await SubmitAsync(simulations, "slow");
        await running.WaitAsync(Patience);

        var slow = await EndedAsync(simulations, "slow");
        Assert.Equal((SimulationStatus.Failed, "time_limit"), (slow.State.Status, slow.State.Failure!.Code));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_and_a_bug_fail_one_run_only()
    {
        book.Directory.OnPage = (page, _) => page switch
        {
            1 => throw new JournalUnavailableException("The database is away."),
            2 => throw new InvalidOperationException("the password is swordfish"),
            _ => Task.CompletedTask,
        };
        await using var simulations = book.Simulations();
        var all = new List<Asked>();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await SubmitAsync(simulations, id);
            all.Add(await EndedAsync(simulations, id));
        }

        Assert.Equal(new SimulationFailure("unavailable", "The database is away."), all[0].State.Failure);
        Assert.Equal("internal_error", all[1].State.Failure!.Code);
        Assert.DoesNotContain("swordfish", all[1].State.Failure!.Detail, StringComparison.Ordinal);
        Assert.Equal(SimulationStatus.Done, all[2].State.Status);
    }

    [Fact]
    public async Task Sums_of_many_large_amounts_are_exact_beyond_64_bits()
    {
        for (var n = 0; n < 3; n++)
            await book.AddAsync($"large-{n}", book.Host.Monthly, how: subscribe => subscribe with { Quantity = 1_000_000 });
        await using var simulations = book.Simulations();
        var question = book.Question(Book.Price(amount: 99_999_999_999), months: 36);
        await simulations.SubmitAsync("a", new SimulationOrigin("ana", 1), question, CancellationToken.None);
        var brl = Assert.Single((await EndedAsync(simulations, "a")).State.Result!.Currencies);

        // Ten subscriptions of one unit renew 36 times, three of a million units 35 times.
        Assert.Equal((Int128)99_999_999_999 * ((10 * 36) + (3 * 1_000_000 * 35)), brl.Changed.Total.Invoiced);
    }

    [Fact]
    public async Task The_latest_of_each_owner_are_kept_and_the_oldest_go()
    {
        await using var simulations = book.Simulations(new SimulationOptions { KeptMax = 3 });
        await SubmitAsync(simulations, "of-ben", "ben");
        for (var n = 1; n <= 5; n++)
        {
            await SubmitAsync(simulations, $"{n}");
            await EndedAsync(simulations, $"{n}");
        }

        Assert.Equal(["5", "4", "3"], (await simulations.ListAsync("ana", CancellationToken.None)).Select(simulation => simulation.Id));
        Assert.NotNull(await simulations.FindAsync("of-ben", CancellationToken.None));
        Assert.Equal(SubmissionOutcome.Taken, (await AskAsync(simulations, "1")).Outcome);
    }

    [Fact]
    public async Task What_a_stopping_process_ran_another_runs_at_once_and_what_was_answered_stays()
    {
        var running = HoldAtPage(2);
        var stopping = book.Simulations(Lively);
        await SubmitAsync(stopping, "answered");
        await EndedAsync(stopping, "answered");
        await SubmitAsync(stopping, "runs");
        await running.WaitAsync(Patience);
        await SubmitAsync(stopping, "waits");

        await stopping.DisposeAsync().AsTask().WaitAsync(Patience);
        held.SetResult();
        await using var next = book.Simulations(Lively, runner: "runner-2");

        foreach (var id in new[] { "runs", "waits", "answered" }) Assert.Equal(10, (await EndedAsync(next, id)).State.Result!.Taken);
    }

    [Fact]
    public async Task Two_processes_run_two_owners_side_by_side_but_of_one_owner_one_at_a_time()
    {
        var running = HoldAtPage(1);
        await using var one = book.Simulations(Lively);
        await using var two = book.Simulations(Lively, runner: "runner-2");
        await SubmitAsync(one, "ana-1");
        await running.WaitAsync(Patience);
        await SubmitAsync(one, "ana-2");
        await SubmitAsync(one, "ben-1", "ben");

        Assert.Equal(SimulationStatus.Done, (await EndedAsync(one, "ben-1")).State.Status);
        Assert.Equal(SimulationStatus.Queued, (await FindAsync(one, "ana-2")).State.Status);
        held.SetResult();
        Assert.Equal(SimulationStatus.Done, (await EndedAsync(two, "ana-2")).State.Status);
    }

    [Fact]
    public async Task What_a_dead_process_ran_is_taken_over_and_given_up_when_it_always_dies()
    {
        var idle = book.Simulations(Lively);
        await idle.DisposeAsync();
        await SubmitAsync(idle, "dies");
        var longAgo = book.Host.Clock.GetCurrentInstant();
        for (var n = 1; n <= 3; n++)
        {
            var taken = await book.Store.TakeAsync(
                new SimulationLease($"dead-{n}", longAgo + NodaTime.Duration.FromMinutes(n), longAgo + NodaTime.Duration.FromMinutes(n)),
                CancellationToken.None);
            Assert.Equal(n, taken?.Starts);
        }

        await using var simulations = book.Simulations(Lively);
        Assert.Equal("interrupted", (await EndedAsync(simulations, "dies")).State.Failure?.Code);

    }

    [Fact]
    public async Task Who_waits_for_a_thread_gets_it_between_lives()
    {
        for (var n = 0; n < 90; n++) await book.AddAsync($"more-{n}", book.Host.Monthly);
        var oneAtATime = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;
        var run = new SimulationRun(
            book.Question(), book.Directory, book.Host.Reader, new SimulationOptions { WorkersMax = 1, Scheduler = oneAtATime });
        var seen = new HashSet<long>();
        var result = await Task.Factory.StartNew(
            async () =>
            {
                var running = run.RunAsync(CancellationToken.None);
                while (!running.IsCompleted)
                {
                    seen.Add(run.Done);
                    await Task.Yield();
                }

                return await running;
            },
            CancellationToken.None, TaskCreationOptions.None, oneAtATime).Unwrap().WaitAsync(Patience);

        Assert.Equal(100, result.Taken);
        Assert.Superset(new HashSet<long> { 16, 32, 48, 64, 80, 96 }, seen);
    }

    [Fact]
    public void A_price_change_rounds_half_away_from_zero()
    {
        Assert.Equal(1_003, new PriceChange(null, 250).Of(1_000));
        Assert.Equal(998, new PriceChange(null, -250).Of(1_000));
        Assert.Equal(7, new PriceChange(7, null).Of(1_000));
        Assert.Equal(DunningPolicy.Default, new DunningChange().Of(DunningPolicy.Default));
    }

    private async Task<Submission> AskAsync(Simulations simulations, string id, string owner = "ana") =>
        await simulations.SubmitAsync(id, new SimulationOrigin(owner, 1), book.Question(), CancellationToken.None);

    private async Task SubmitAsync(Simulations simulations, string id, string owner = "ana") =>
        Assert.Equal(SubmissionOutcome.Taken, (await AskAsync(simulations, id, owner)).Outcome);

    private static async Task<Asked> FindAsync(Simulations simulations, string id) =>
        (await simulations.FindAsync(id, CancellationToken.None))!;

    private static Task<Asked> EndedAsync(Simulations simulations, string id) =>
        UntilAsync(simulations, id, simulation => simulation.State.HasEnded);

    private static Task<Asked> UntilAsync(Simulations simulations, string id, Func<Asked, bool> holds) =>
        Eventually.ReadAsync(() => FindAsync(simulations, id), holds);

    /// <summary>
    /// Stops the run before this page until <see cref="held"/> is released or the run is
    /// canceled; completes when it stops.
    /// </summary>
    private Task HoldAtPage(int page)
    {
        var reached = new TaskCompletionSource();
        book.Directory.OnPage = async (number, cancellationToken) =>
        {
            if (number != page) return;
            reached.TrySetResult();
            await held.Task.WaitAsync(cancellationToken);
        };
        return reached.Task;
    }
}
