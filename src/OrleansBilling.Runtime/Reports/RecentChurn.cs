using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How fast subscribers left of late: the one definition, of forecast and what-if. Of whoever was a subscriber at any time
/// in the last 90 days, who was canceled in them; trials that were lost and first payments that never came are in neither.
/// </summary>
/// <param name="Period">The days that were looked at.</param>
/// <param name="Canceled">Subscribers who were canceled in them.</param>
/// <param name="Involuntary">Of these, by the system.</param>
/// <param name="CurrentAtStart">Subscribers when they began.</param>
/// <param name="New">First activations in them.</param>
/// <param name="Reactivated">Who came back in them.</param>
public sealed record RecentChurn(
    StatisticPeriod Period, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated)
{
    private const int Days = 90;
    private const double DaysPerMonth = 30;

    /// <summary>Canceled ÷ (current at start + new + reactivated); null where there was nobody.</summary>
    public double? Rate => Share(Canceled);

    /// <summary>The share that leaves in 30 days, so that as many leave in all.</summary>
    public double? Monthly => ByMonth(Rate);

    /// <summary>The same of those who leave other than by failed payments, which a simulation has apart.</summary>
    public double? MonthlyByDecision => ByMonth(Share(Canceled - Involuntary));

    /// <summary>The days that are looked at: the last 90, today included.</summary>
    public static StatisticPeriod PeriodTo(LocalDate today) => new(today.PlusDays(1 - Days), today);

    /// <summary>Of the days up to a day.</summary>
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

    /// <summary>The share of subscribers that is still there after so many months.</summary>
    public decimal Staying(int months) => (decimal)Math.Pow(1 - (Monthly ?? 0), months);

    private double? Share(Int128 left) => new Ratio(left, CurrentAtStart + New + Reactivated).Value;

    private static double? ByMonth(double? rate) => rate is { } share ? 1 - Math.Pow(1 - share, DaysPerMonth / Days) : null;
}
