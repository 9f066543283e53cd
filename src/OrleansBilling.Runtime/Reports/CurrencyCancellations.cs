namespace OrleansBilling.Runtime.Reports;

/// <summary>What those who were canceled had come to, in one currency.</summary>
/// <param name="currency">ISO 4217 code.</param>
public sealed class CurrencyCancellations(string currency)
{
    /// <summary>ISO 4217 code.</summary>
    public string Currency => currency;

    /// <summary>How many.</summary>
    public Int128 Canceled { get; internal set; }

    /// <summary>Seconds from start to cancellation.</summary>
    public Int128 LifetimeSeconds { get; internal set; }

    /// <summary>Minor units, net of tax and of what went back.</summary>
    public Int128 Collected { get; internal set; }

    /// <summary>Recurrences paid.</summary>
    public Int128 PaidRecurrences { get; internal set; }

    /// <summary>Lifetime value: the mean of what was collected, in minor units, of at least one who was canceled.</summary>
    public Int128 LifetimeValue => WideSums.Mean(Collected, Canceled);

    /// <summary>Mean days from start to cancellation.</summary>
    public double LifetimeDays => (double)LifetimeSeconds / CancellationFigures.SecondsPerDay / (double)Canceled;

    /// <summary>Mean number of recurrences paid.</summary>
    public double AveragePaidRecurrences => (double)PaidRecurrences / (double)Canceled;
}
