using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.WhatIf;
using Asked = OrleansBilling.Runtime.WhatIf.Simulation;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>One runs, a few wait, the latest are kept, and each can be watched and called off.</summary>
public sealed class SimulationsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TaskCompletionSource held = new();
    private Book book = null!;

    public async Task InitializeAsync() => book = await Book.OfAsync(10);

    public async Task DisposeAsync() => await book.DisposeAsync();

    [Fact]
    public async Task Progress_is_seen_while_it_runs()
    {
        var atSecondPage = HoldAtPage(2);
        await using var simulations = book.Simulations(new SimulationOptions { PageMax = 4, WorkersMax = 2 });
        var simulation = Submit(simulations, "a");
        await atSecondPage.WaitAsync(Patience);

        Assert.Equal(SimulationStatus.Running, simulation.State.Status);
        Assert.Equal((4, 10), (simulation.SubscriptionsDone, simulation.SubscriptionsTotal));
        Assert.False(simulation.Ended.IsCompleted);

        held.SetResult();
        await simulation.Ended.WaitAsync(Patience);
        Assert.Equal(SimulationStatus.Done, simulation.State.Status);
        Assert.Equal(10, simulation.SubscriptionsDone);
        Assert.Equal(10, simulation.State.Result!.Taken);
    }

    [Fact]
    public async Task One_runs_so_many_wait_and_a_further_one_is_told_to_come_back()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations(new SimulationOptions { WaitingMax = 4 });
        var first = Submit(simulations, "0");
        await running.WaitAsync(Patience);
        for (var n = 1; n <= 4; n++) Submit(simulations, $"{n}");

        Assert.Equal(SubmissionOutcome.Full, simulations.Submit(New("5")).Outcome);
        Assert.Null(simulations.Find("5"));
        Assert.Equal(["4", "3", "2", "1", "0"], simulations.List().Select(simulation => simulation.Id));
        Assert.All(simulations.List().SkipLast(1), simulation => Assert.Equal(SimulationStatus.Queued, simulation.State.Status));
        Assert.Equal(SimulationStatus.Running, first.State.Status);
        Assert.Equal(1, book.Directory.Pages);

        // Who asked before gets its own, also when there is no room.
        Assert.Equal(new Submission(SubmissionOutcome.Known, first), simulations.Submit(New("0")));

        held.SetResult();
        await Task.WhenAll(simulations.List().Select(simulation => simulation.Ended)).WaitAsync(Patience);
        Assert.All(simulations.List(), simulation => Assert.Equal(SimulationStatus.Done, simulation.State.Status));
    }

    [Fact]
    public async Task What_waits_can_be_called_off_and_makes_room()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations(new SimulationOptions { WaitingMax = 1 });
        Submit(simulations, "runs");
        await running.WaitAsync(Patience);
        var waits = Submit(simulations, "waits");

        simulations.Cancel(waits);
        Assert.Equal(SimulationStatus.Cancelled, waits.State.Status);
        Assert.True(waits.Ended.IsCompleted);
        var next = Submit(simulations, "next");

        held.SetResult();
        await next.Ended.WaitAsync(Patience);
        Assert.Equal(SimulationStatus.Done, next.State.Status);
        Assert.Equal(0, waits.SubscriptionsDone);
    }

    [Fact]
    public async Task What_runs_can_be_called_off_and_the_next_begins()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations();
        var called = Submit(simulations, "called-off");
        await running.WaitAsync(Patience);
        var next = Submit(simulations, "next");

        simulations.Cancel(called);
        Assert.Equal(SimulationStatus.Cancelled, called.State.Status);
        await next.Ended.WaitAsync(Patience);
        Assert.Equal(SimulationStatus.Done, next.State.Status);

        // What has ended stays as it is.
        simulations.Cancel(next);
        Assert.Equal(SimulationStatus.Done, next.State.Status);
        Assert.Equal(SimulationStatus.Cancelled, called.State.Status);
        Assert.Null(called.State.Result);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_fails()
    {
        var running = HoldAtPage(1);
        await using var simulations = book.Simulations(time: new HastyTime());
        var simulation = Submit(simulations, "slow");
        await running.WaitAsync(Patience);
        await simulation.Ended.WaitAsync(Patience);

        Assert.Equal(SimulationStatus.Failed, simulation.State.Status);
        Assert.Equal("time_limit", simulation.State.Failure!.Code);
        Assert.Contains("10 minutes", simulation.State.Failure.Detail, StringComparison.Ordinal);
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
        Asked[] all = [Submit(simulations, "a"), Submit(simulations, "b"), Submit(simulations, "c")];
        await Task.WhenAll(all.Select(simulation => simulation.Ended)).WaitAsync(Patience);

        Assert.Equal(new SimulationFailure("unavailable", "The database is away."), all[0].State.Failure);
        Assert.Equal("internal_error", all[1].State.Failure!.Code);
        Assert.DoesNotContain("swordfish", all[1].State.Failure!.Detail, StringComparison.Ordinal);
        Assert.Equal(SimulationStatus.Done, all[2].State.Status);
    }

    [Fact]
    public async Task Sums_of_many_large_amounts_are_exact_beyond_64_bits()
    {
        for (var n = 0; n < 3; n++) await book.AddAsync($"large-{n}", book.Host.Monthly, how: subscribe => subscribe with { Quantity = 1_000_000 });
        await using var simulations = book.Simulations();
        var question = book.Question(Book.Price(amount: 99_999_999_999), months: 36);
        var simulation = simulations.Submit(new Asked("a", default, question)).Simulation;
        await simulation.Ended.WaitAsync(Patience);
        var brl = Assert.Single(simulation.State.Result!.Currencies);

        // Ten of one unit renew 36 times, three of a million 35 times.
        Assert.Equal((Int128)99_999_999_999 * ((10 * 36) + (3 * 1_000_000 * 35)), brl.Changed.Total.Invoiced);
    }

    [Fact]
    public async Task The_latest_are_kept_and_the_oldest_go()
    {
        await using var simulations = book.Simulations(new SimulationOptions { KeptMax = 3 });
        for (var n = 1; n <= 5; n++) await Submit(simulations, $"{n}").Ended.WaitAsync(Patience);

        Assert.Equal(["5", "4", "3"], simulations.List().Select(simulation => simulation.Id));
        Assert.Null(simulations.Find("1"));
        Assert.Equal(SubmissionOutcome.Taken, simulations.Submit(New("1")).Outcome);
    }

    [Fact]
    public async Task Stopping_calls_off_what_waits_and_runs_and_takes_no_more()
    {
        var running = HoldAtPage(1);
        var simulations = book.Simulations();
        Asked[] all = [Submit(simulations, "runs"), Submit(simulations, "waits")];
        await running.WaitAsync(Patience);

        await simulations.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.All(all, simulation => Assert.Equal(SimulationStatus.Cancelled, simulation.State.Status));
        Assert.Equal(SubmissionOutcome.Full, simulations.Submit(New("late")).Outcome);
    }

    [Fact]
    public async Task Who_waits_for_a_thread_gets_it_between_lives()
    {
        for (var n = 0; n < 90; n++) await book.AddAsync($"more-{n}", book.Host.Monthly);
        var oneAtATime = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;
        var run = new SimulationRun(book.Question(), book.Directory, book.Host.Reader, new SimulationOptions { WorkersMax = 1, Scheduler = oneAtATime });
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

    private Asked New(string id) => new(id, default, book.Question());

    private Asked Submit(Simulations simulations, string id)
    {
        var submission = simulations.Submit(New(id));
        Assert.Equal(SubmissionOutcome.Taken, submission.Outcome);
        return submission.Simulation;
    }

    /// <summary>The run stands still before that page until <see cref="held"/> is let go or it is cancelled; completes when it does.</summary>
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

    /// <summary>Every time-out is over at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
