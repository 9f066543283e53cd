using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// A meter's total in the running period, and how much of it was billed. Readings stored before <see cref="Billed"/> existed
/// were reset at every bill, so all of such a reading is still to be billed.
/// </summary>
/// <param name="Meter">The meter's id within the offer.</param>
/// <param name="Units">Sum, maximum, last quantity or number of distinct keys.</param>
/// <param name="LastAt">The time of the event that set the last quantity; null for other aggregations.</param>
public sealed record MeterReading(string Meter, long Units, Instant? LastAt = null)
{
    /// <summary>The most meters in one period, including those that a change removed.</summary>
    public const int PerPeriodMax = 100;

    /// <summary>
    /// Minor units of the reading's price that are settled: what was billed for it in this period. If a change redefined the
    /// meter, it is the price of the reading at the change by the new definition.
    /// </summary>
    public long Billed { get; init; }

    /// <summary>Minor units of an invoice that was voided. They were billed and returned; the period's bill asks for them again.</summary>
    public long Returned { get; init; }

    /// <summary>The meter's definition when a change removed it; null while the offer has the meter.</summary>
    public string? Definition { get; init; }
}

/// <summary>The amount that an invoice bills for a meter.</summary>
/// <param name="Meter">The meter's id within the offer at that time.</param>
/// <param name="Amount">Minor units, net of tax.</param>
public sealed record BilledUsage(string Meter, long Amount);
