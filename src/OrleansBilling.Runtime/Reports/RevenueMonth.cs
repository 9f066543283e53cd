namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How monthly recurring revenue moved in one month and currency, in minor units, net of the discounts in force: start and
/// the movements add up to the end; what lowers it is negative.
/// </summary>
/// <param name="Month">What of the calendar month belongs to the period.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
public sealed record RevenueMonth(StatisticPeriod Month, string Currency, Int128 Start, Int128 End)
{
    public required Int128 New { get; init; }

    public required Int128 Expansion { get; init; }

    public required Int128 Contraction { get; init; }

    /// <summary>Of cancellations only.</summary>
    public required Int128 Churn { get; init; }

    /// <summary>Of fixed terms that ran out.</summary>
    public required Int128 Completed { get; init; }

    public required Int128 Reactivation { get; init; }

    public required Int128 Paused { get; init; }

    public required Int128 Resumed { get; init; }

    /// <summary>What plan changes carried in from, or out to, other plans and offers.</summary>
    public required Int128 Moved { get; init; }
}
