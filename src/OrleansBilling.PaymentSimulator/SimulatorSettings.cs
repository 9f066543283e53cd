using System.ComponentModel.DataAnnotations;

namespace OrleansBilling.PaymentSimulator;

/// <summary>The section <c>Simulator</c> of the configuration; in the environment, <c>Simulator__BookPath</c> and so on.</summary>
public sealed class SimulatorSettings
{
    /// <summary>The SQLite file of the book; relative to the working directory, made with its folder when absent.</summary>
    [Required]
    public string BookPath { get; init; } = "./data/payments.db";

    /// <summary>The seed of all dice: <c>tok_flaky_P</c> and dropped answers.</summary>
    public long Seed { get; init; }

    /// <summary>How long an answer waits after it was booked, in milliseconds.</summary>
    [Range(0, 600_000)]
    public int LatencyMilliseconds { get; init; }

    /// <summary>How many percent of the booked answers are lost: the connection is aborted instead.</summary>
    [Range(0, 100)]
    public int DropAnswerPercent { get; init; }

    /// <summary>How many requests may wait to be booked; one more is answered with 503.</summary>
    [Range(1, 65_536)]
    public int QueueRowsMax { get; init; } = 4_096;
}
