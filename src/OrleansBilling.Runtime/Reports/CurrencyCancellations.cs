namespace OrleansBilling.Runtime.Reports;

/// <summary>Sums over the canceled subscribers of one currency.</summary>
/// <param name="currency">ISO 4217 code.</param>
public sealed class CurrencyCancellations(string currency)
{
    /// <summary>ISO 4217 code.</summary>
    public string Currency => currency;

    /// <summary>The number of canceled subscribers.</summary>
    public Int128 Canceled { get; internal set; }

    /// <summary>Seconds from start to cancellation.</summary>
    public Int128 LifetimeSeconds { get; internal set; }

    /// <summary>The money collected from them, in minor units, net of tax and refunds.</summary>
    public Int128 Collected { get; internal set; }

    /// <summary>The recurrences that they paid.</summary>
    public Int128 PaidRecurrences { get; internal set; }

    /// <summary>Lifetime value: the mean of the money collected, in minor units. Requires at least one canceled subscriber.</summary>
    public Int128 LifetimeValue => WideSums.Mean(Collected, Canceled);

    /// <summary>Mean days from start to cancellation.</summary>
    public double LifetimeDays => (double)LifetimeSeconds / CancellationFigures.SecondsPerDay / (double)Canceled;

    public double AveragePaidRecurrences => (double)PaidRecurrences / (double)Canceled;
}
