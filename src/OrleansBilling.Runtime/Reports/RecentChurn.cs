using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How fast subscribers left recently. Forecast and what-if share this definition: of all who were subscribers at any time
/// in the last 90 days, the share that was canceled in those days. Lost trials and subscriptions that ended before their
/// first payment are in neither number.
/// </summary>
/// <param name="Period">The last 90 days.</param>
/// <param name="Canceled">Subscribers canceled in the period.</param>
/// <param name="Involuntary">How many of the canceled were canceled by the system.</param>
/// <param name="CurrentAtStart">Subscribers when the period began.</param>
/// <param name="New">First activations in the period.</param>
/// <param name="Reactivated">Former subscribers who came back in the period.</param>
public sealed record RecentChurn(
    StatisticPeriod Period, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated)
{
    private const int Days = 90;
    private const double DaysPerMonth = 30;

    /// <summary>Canceled ÷ (current at start + new + reactivated); null if the denominator is 0.</summary>
    public double? Rate => Share(Canceled);

    /// <summary>The share that leaves in 30 days, such that three such months lose as many as <see cref="Rate"/>.</summary>
    public double? Monthly => ByMonth(Rate);

    /// <summary>The monthly share without those lost to failed payments, which a simulation models separately.</summary>
    public double? MonthlyByDecision => ByMonth(Share(Canceled - Involuntary));

    /// <summary>The last 90 days up to and including today.</summary>
    public static StatisticPeriod PeriodTo(LocalDate today) => new(today.PlusDays(1 - Days), today);

    /// <summary>Reads the churn of the 90 days up to a day.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<RecentChurn> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, LocalDate today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(filter);
        var period = PeriodTo(today);
        var figures = await CancellationReport.ReadAsync(statistics, filter, period, cancellationToken);
        return new RecentChurn(period, figures.Canceled, figures.Involuntary, figures.CurrentAtStart, figures.New, figures.Reactivated);
    }

    /// <summary>The share of subscribers who remain after a number of months.</summary>
    public decimal Staying(int months) => (decimal)Math.Pow(1 - (Monthly ?? 0), months);

    private double? Share(Int128 left) => new Ratio(left, CurrentAtStart + New + Reactivated).Value;

    private static double? ByMonth(double? rate) => rate is { } share ? 1 - Math.Pow(1 - share, DaysPerMonth / Days) : null;
}
