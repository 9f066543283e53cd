using System.ComponentModel.DataAnnotations;

namespace OrleansBilling.PaymentSimulator;

/// <summary>The configuration section <c>Simulator</c>; environment variables are <c>Simulator__BookPath</c> and so on.</summary>
public sealed class SimulatorSettings
{
    /// <summary>The book's SQLite file, relative to the working directory. It is created with its folder if missing.</summary>
    [Required]
    public string BookPath { get; init; } = "./data/payments.db";

    /// <summary>The seed of all random outcomes: <c>tok_flaky_P</c> and dropped answers.</summary>
    public long Seed { get; init; }

    /// <summary>Delay of an answer after it was booked, in milliseconds.</summary>
    [Range(0, 600_000)]
    public int LatencyMilliseconds { get; init; }

    /// <summary>Percent of booked answers that are lost: the connection is aborted instead.</summary>
    [Range(0, 100)]
    public int DropAnswerPercent { get; init; }

    /// <summary>The most requests that may wait to be booked. Further ones are answered with 503.</summary>
    [Range(1, 65_536)]
    public int QueueRowsMax { get; init; } = 4_096;
}
