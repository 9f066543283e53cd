using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// What a meter adds up to in the period that runs, and what was billed of that. A reading that was stored without
/// <see cref="Billed"/> began anew whenever something was billed: all of it is still to be billed.
/// </summary>
/// <param name="Meter">The meter's id within the offer.</param>
/// <param name="Units">Sum, maximum, last quantity, or number of different keys.</param>
/// <param name="LastAt">For a meter that keeps the last quantity, the time of its event.</param>
public sealed record MeterReading(string Meter, long Units, Instant? LastAt = null)
{
    /// <summary>The most meters of a period, those that changes took away included.</summary>
    public const int PerPeriodMax = 100;

    /// <summary>
    /// Minor units up to which the reading's price is settled: what was billed for it in this period, or, where a change
    /// defined the meter anew, what the reading of then costs by the new definition.
    /// </summary>
    public long Billed { get; init; }

    /// <summary>Minor units that an invoice billed and gave back when it was voided; the period's bill asks for them again.</summary>
    public long Returned { get; init; }

    /// <summary>How the meter was defined when a change took it away; null while the offer has it.</summary>
    public string? Definition { get; init; }
}

/// <summary>What an invoice bills for a meter.</summary>
/// <param name="Meter">The meter's id within the offer of then.</param>
/// <param name="Amount">Minor units, net of tax.</param>
public sealed record BilledUsage(string Meter, long Amount);
