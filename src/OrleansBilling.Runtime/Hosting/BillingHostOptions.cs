using NodaTime;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>The limits of every host of subscriptions.</summary>
public record BillingHostOptions
{
    /// <summary>The most commands in flight over all subscriptions; further ones are told to try again later.</summary>
    public int CommandsMax { get; init; } = 16_384;

    /// <summary>How long the keys of usage are kept, so how long ago usage may have happened.</summary>
    public Duration UsageRetention { get; init; } = Duration.FromDays(90);

    /// <summary>The most due subscriptions being woken at a time.</summary>
    public int WakesMax { get; init; } = 1_024;

    /// <summary>The most due subscriptions in one page.</summary>
    public int DuePageMax { get; init; } = 2_048;

    /// <summary>How often the pump looks for due work when it found none.</summary>
    public TimeSpan DuePollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most provider calls in flight.</summary>
    public int ProviderCallsMax { get; init; } = 256;

    /// <summary>The most provider calls that may wait. Calls beyond that are left to the payment's watchdog.</summary>
    public int ProviderQueueMax { get; init; } = 16_384;

    /// <summary>After this time without an answer, the outcome of a provider call is unknown.</summary>
    public TimeSpan ProviderTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs effects. A simulator sets its own deterministic scheduler here.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Whether commits carry statistics. A load test turns this off to measure their cost.</summary>
    public bool CountsStatistics { get; init; } = true;

    /// <summary>How long a stop waits for work in flight.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
