namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What simulations may take of a process. One runs at a time.</summary>
public sealed record SimulationOptions
{
    /// <summary>Threads that a run keeps busy; one core is left to live commands where there is more than one.</summary>
    public int WorkersMax { get; init; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Where lives run; a test puts its own here.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Snapshots read and held in memory at a time.</summary>
    public int PageMax { get; init; } = 500;

    /// <summary>Decisions of one simulated life; one that needs more is cut short, and the answer says so.</summary>
    public int StepsMax { get; init; } = 20_000;

    /// <summary>After this long a run ends as failed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Simulations that may wait for the one that runs; a further one is told to come back.</summary>
    public int WaitingMax { get; init; } = 4;

    /// <summary>Simulations kept in memory; the oldest that have ended go.</summary>
    public int KeptMax { get; init; } = 100;
}
