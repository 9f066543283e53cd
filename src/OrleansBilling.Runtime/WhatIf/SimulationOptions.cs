using NodaTime;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What simulations may take. Each process runs one at a time.</summary>
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

    /// <summary>Simulations of all owners that may wait, one of each; a further one is told to come back.</summary>
    public int WaitingMax { get; init; } = 10_000;

    /// <summary>Simulations kept of an owner.</summary>
    public int KeptMax { get; init; } = 20;

    /// <summary>Bytes of questions and results kept of an owner.</summary>
    public long KeptBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long they are kept.</summary>
    public Duration KeptFor { get; init; } = Duration.FromDays(30);

    /// <summary>How often a run shows that it is alive, how far it is, and learns that it was called off elsewhere.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this long without a renewal another process takes a run over.</summary>
    public Duration Lease { get; init; } = Duration.FromSeconds(30);

    /// <summary>How often a process that has nothing to do looks for what others were asked.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A simulation that was begun so often and never ended is given up: it may be what ends its processes.</summary>
    public int StartsMax { get; init; } = 3;
}
