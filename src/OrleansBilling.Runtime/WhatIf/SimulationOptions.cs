using NodaTime;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>The limits of simulations. Each process runs one at a time.</summary>
public sealed record SimulationOptions
{
    /// <summary>The threads that a run keeps busy. One core is left to live commands if there is more than one.</summary>
    public int WorkersMax { get; init; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Runs the simulated lives; a test sets its own.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>The most snapshots read and held in memory at a time.</summary>
    public int PageMax { get; init; } = 500;

    /// <summary>The most decisions of one simulated life. A life that needs more is cut short, and the result says so.</summary>
    public int StepsMax { get; init; } = 20_000;

    /// <summary>A run that takes longer than this fails.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most simulations that may wait over all owners, one per owner; further ones are told to try again later.</summary>
    public int WaitingMax { get; init; } = 10_000;

    /// <summary>The most simulations kept per owner.</summary>
    public int KeptMax { get; init; } = 20;

    /// <summary>The most bytes of questions and results kept per owner.</summary>
    public long KeptBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long simulations are kept.</summary>
    public Duration KeptFor { get; init; } = Duration.FromDays(30);

    /// <summary>How often a run renews its lease, stores its progress and checks whether it was canceled elsewhere.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this time without a renewal another process may take over a run.</summary>
    public Duration Lease { get; init; } = Duration.FromSeconds(30);

    /// <summary>How often an idle process looks for simulations that were submitted elsewhere.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A simulation that was started this often without ending is given up: it may be what kills its processes.</summary>
    public int StartsMax { get; init; } = 3;
}
