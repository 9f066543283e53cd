namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How monthly recurring revenue changed in one month and currency, in minor units, net of the discounts in force. Start
/// and movements add up to the end; decreases are negative.
/// </summary>
/// <param name="Month">The calendar month, cut to the period.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Start">Monthly recurring revenue when the month began.</param>
/// <param name="End">Monthly recurring revenue when the month ended.</param>
public sealed record RevenueMonth(StatisticPeriod Month, string Currency, Int128 Start, Int128 End)
{
    public required Int128 New { get; init; }

    public required Int128 Expansion { get; init; }

    public required Int128 Contraction { get; init; }

    /// <summary>Lost by cancellations only, without fixed terms that ran out.</summary>
    public required Int128 Churn { get; init; }

    /// <summary>Lost because fixed terms ran out.</summary>
    public required Int128 Completed { get; init; }

    public required Int128 Reactivation { get; init; }

    public required Int128 Paused { get; init; }

    public required Int128 Resumed { get; init; }

    /// <summary>Moved in from, or out to, other plans and offers by plan changes.</summary>
    public required Int128 Moved { get; init; }
}
