using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Testing;

namespace OrleansBilling.Runtime.Tests;

/// <summary>A wake without an answer holds up nobody else.</summary>
public sealed class DuePumpTests
{
    private static readonly Instant Now = Instant.FromUtc(2024, 3, 1, 0, 0);
    private static readonly BillingHostOptions Quick = new() { DuePollInterval = TimeSpan.FromMilliseconds(20), WakesMax = 10 };

    private readonly ConcurrentDictionary<string, int> wakes = new();
    private readonly ConcurrentQueue<string> order = new();
    private readonly TaskCompletionSource<WakeOutcome> never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DueSubscription[] due = [];

    [Fact]
    public async Task A_pass_does_not_wait_for_the_slowest_wake_and_does_not_repeat_it()
    {
        using var pump = Pump(siloOf: null);
        due = [At("hung", 0)];
        pump.Start();
        await Eventually.HoldsAsync(() => wakes.ContainsKey("hung"));

        due = [At("hung", 0), At("late", 1)];
        await Eventually.HoldsAsync(() => wakes.ContainsKey("late"), TimeSpan.FromSeconds(20));
        var activeAt = pump.Pulse!.Value.ActiveAt;
        await Eventually.HoldsAsync(() => pump.Pulse!.Value.ActiveAt > activeAt);
        Assert.Equal(1, wakes["hung"]);
        Assert.Equal(TimeSpan.FromHours(1), pump.Pulse!.Value.OldestDueAge);

        never.SetResult(WakeOutcome.Moved);
        await pump.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_silo_that_does_not_answer_gets_half_of_the_room()
    {
        using var pump = Pump(id => id.StartsWith("hung", StringComparison.Ordinal) ? "hung silo" : "other silo");
        due = [.. Enumerable.Range(0, 30).Select(n => At($"hung{n}", n)), At("fine", 40)];
        pump.Start();

        await Eventually.HoldsAsync(() => wakes.ContainsKey("fine"), TimeSpan.FromSeconds(20));
        Assert.Equal(Quick.WakesMax / 2, wakes.Keys.Count(id => id.StartsWith("hung", StringComparison.Ordinal)));

        never.SetResult(WakeOutcome.Moved);
        await pump.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_silo_that_answers_is_waited_for_and_everything_is_woken_in_order()
    {
        using var pump = Pump(id => id[^1] % 2 == 0 ? "one silo" : "other silo");
        due = [.. Enumerable.Range(0, 200).Select(n => At($"fine{n:000}", n % 60))];

        var pass = await pump.RunOnceAsync(CancellationToken.None);

        Assert.Equal((200, 200), (pass.Found, pass.Moved));
        Assert.Equal(due.Select(one => one.Stored.SubscriptionId), order);
    }

    [Fact]
    public async Task A_pass_that_must_be_complete_waits_for_all()
    {
        using var pump = Pump(siloOf: null);
        due = [At("hung", 0), At("fine", 1)];
        var pass = pump.RunOnceAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => wakes.ContainsKey("fine"));
        Assert.False(pass.IsCompleted);

        never.SetResult(WakeOutcome.Moved);
        Assert.Equal((2, 2), ((await pass).Found, (await pass).Moved));
    }

    private DuePump Pump(Func<string, object?>? siloOf) => new(
        (_, after, _, _) => new(after is null ? due : []), new VirtualClock(Now), Quick, TimeProvider.System, WakeAsync, null,
        NullLogger<DuePump>.Instance, siloOf);

    private Task<WakeOutcome> WakeAsync(StoredSubscription subscription, CancellationToken cancellationToken)
    {
        order.Enqueue(subscription.SubscriptionId);
        wakes.AddOrUpdate(subscription.SubscriptionId, 1, (_, count) => count + 1);
        return subscription.SubscriptionId.StartsWith("hung", StringComparison.Ordinal)
            ? never.Task
            : Task.FromResult<WakeOutcome>(WakeOutcome.Moved);
    }

    private static DueSubscription At(string id, int minutes) =>
        new(Now - Duration.FromHours(1) + Duration.FromMinutes(minutes), new StoredSubscription(id, 1, []));
}
