using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Issue 8, 2.4: a failed subscription waits longer each time, is logged once per step, and goes to quarantine.</summary>
public sealed class StuckWorkTests
{
    private static readonly DueSubscription Due = new(Instant.FromUtc(2024, 2, 29, 0, 0), new StoredSubscription("stuck", 7, []));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(12, 2_048)]
    [InlineData(13, 3_600)]
    [InlineData(1_000, 3_600)]
    public void The_wait_doubles_up_to_an_hour(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), StuckWork.WaitAfter(failures));

    [Fact]
    public void It_waits_until_its_time_has_come_or_something_else_has_moved_it()
    {
        var time = new StandingTime();
        var work = new StuckWork(time);
        Assert.False(work.IsWaiting(Due.Stored));

        Assert.Equal(1, work.Fail(Due.Stored, quarantines: true));
        Assert.True(work.IsWaiting(Due.Stored));
        Assert.False(work.IsWaiting(Due.Stored with { Version = 8 }));
        time.Seconds = 1;
        Assert.False(work.IsWaiting(Due.Stored));

        Assert.Equal(2, work.Fail(Due.Stored, quarantines: true));
        time.Seconds = 2;
        Assert.True(work.IsWaiting(Due.Stored));
        time.Seconds = 3;
        Assert.False(work.IsWaiting(Due.Stored));

        // In quarantine the database makes it wait; without a quarantine, this class does.
        Assert.Equal(3, work.Fail(Due.Stored, quarantines: true));
        Assert.False(work.IsWaiting(Due.Stored));
        Assert.Equal(4, work.Fail(Due.Stored, quarantines: false));
        Assert.True(work.IsWaiting(Due.Stored));
        work.Forget("stuck");
        Assert.Equal(1, work.Fail(Due.Stored, quarantines: true));
    }

    [Fact]
    public async Task Three_failures_are_three_lines_one_stack_trace_and_an_entry_in_quarantine()
    {
        var quarantine = new MemoryQuarantine();
        var log = new LineLog();
        var isBroken = true;
        using var pump = new DuePump(
            (_, _, _, _) => new([.. quarantine.Entries.Count == 0 ? [Due] : Array.Empty<DueSubscription>()]),
            new VirtualClock(Instant.FromUtc(2024, 3, 1, 0, 0)), new BillingHostOptions(), new StandingTime(), (_, _) =>
                isBroken ? throw new InvalidDataException("the row is broken") : Task.FromResult<WakeOutcome>(WakeOutcome.Moved),
            quarantine, log);

        for (var n = 1; n <= 3; n++)
        {
            var pass = await pump.RunOnceAsync(CancellationToken.None);
            Assert.Equal((1, 0, 1, true), (pass.Found, pass.Moved, pass.Failed, pass.HasProgress));
        }

        Assert.Equal(0, (await pump.RunOnceAsync(CancellationToken.None)).Found);
        var entry = Assert.Single(quarantine.Entries);
        Assert.Equal(
            ("stuck", 7L, Due.DueAt, "InvalidDataException: the row is broken", 3, Duration.FromSeconds(4)),
            (entry.SubscriptionId, entry.Version, entry.DueAt, entry.Reason, entry.Failures, entry.NextTryAt - entry.Since));
        Assert.Equal([true, false, false], log.Lines.Select(line => line.HasException));
        Assert.StartsWith("Subscription stuck is in quarantine: it failed 3 times.", log.Lines[^1].Text, StringComparison.Ordinal);

        isBroken = false;
        quarantine.Entries.Clear();
        Assert.Equal(1, (await pump.RunOnceAsync(CancellationToken.None)).Moved);
        Assert.Equal("Subscription stuck left quarantine: it moved on after 3 failures.", log.Lines[^1].Text);
    }

    [Fact]
    public async Task A_database_that_is_away_sends_nobody_to_quarantine()
    {
        var quarantine = new MemoryQuarantine();
        using var pump = new DuePump(
            (_, _, _, _) => new([Due]), new VirtualClock(Instant.FromUtc(2024, 3, 1, 0, 0)), new BillingHostOptions(), new StandingTime(),
            (_, _) => Task.FromResult(WakeOutcome.Unavailable), quarantine, new LineLog());

        for (var n = 0; n < 10; n++) Assert.False((await pump.RunOnceAsync(CancellationToken.None)).HasProgress);

        Assert.Empty(quarantine.Entries);
    }

    private sealed class StandingTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private sealed class MemoryQuarantine : IQuarantine
    {
        public List<QuarantinedSubscription> Entries { get; } = [];

        public ValueTask PutAsync(QuarantinedSubscription subscription, CancellationToken cancellationToken)
        {
            Entries.Add(subscription);
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> ReleaseAsync(string subscriptionId, CancellationToken cancellationToken) =>
            new(Entries.RemoveAll(one => one.SubscriptionId == subscriptionId) > 0);

        public ValueTask<IReadOnlyList<QuarantinedSubscription>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
            new(Entries);

        public ValueTask<long> SweepAsync(Instant now, CancellationToken cancellationToken) => new(Entries.Count);
    }

    private sealed class LineLog : ILogger<DuePump>
    {
        public List<(string Text, bool HasException)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((formatter(state, exception), exception is not null));
    }
}
