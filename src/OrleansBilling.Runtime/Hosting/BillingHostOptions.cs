namespace OrleansBilling.Runtime.Hosting;

/// <summary>The limits that every host of subscriptions has.</summary>
public record BillingHostOptions
{
    /// <summary>Commands under way at a time, over all subscriptions; a further one is told to come back.</summary>
    public int CommandsMax { get; init; } = 16_384;

    /// <summary>Due subscriptions woken at a time.</summary>
    public int WakesMax { get; init; } = 1_024;

    /// <summary>Due subscriptions read in one page.</summary>
    public int DuePageMax { get; init; } = 2_048;

    /// <summary>How often due work is looked for when there was none.</summary>
    public TimeSpan DuePollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Provider calls under way at a time.</summary>
    public int ProviderCallsMax { get; init; } = 256;

    /// <summary>Provider calls that may wait; what does not fit is left to the payment's watchdog.</summary>
    public int ProviderQueueMax { get; init; } = 16_384;

    /// <summary>After this long without an answer, a provider call's outcome is unknown.</summary>
    public TimeSpan ProviderTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where effects run; a simulator puts its own deterministic scheduler here.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Whether commits carry statistics; without, a load test measures what they cost.</summary>
    public bool CountsStatistics { get; init; } = true;

    /// <summary>How long a stop waits for what is under way.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
