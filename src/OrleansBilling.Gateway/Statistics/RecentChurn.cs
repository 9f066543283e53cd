using NodaTime;
using OrleansBilling.Gateway.Contracts;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>How fast customers left of late, and by that how many will be left.</summary>
/// <param name="period">The days that were looked at.</param>
/// <param name="figures">What happened in them.</param>
internal sealed class RecentChurn(StatisticPeriod period, CancellationFigures figures)
{
    private const int Days = 90;
    private const double DaysPerMonth = 30;

    /// <summary>Of those who could have left, who did; null where nobody could. Trials that are cancelled are in it, so it is cut at 1.</summary>
    private double? Rate => CancellationDocuments.Ratio(figures.Cancelled, figures.CurrentAtStart + figures.New) is { } rate ? Math.Min(1, rate) : null;

    /// <summary>The share that leaves in 30 days, so that as many leave in all.</summary>
    private double? Monthly => Rate is { } rate ? 1 - Math.Pow(1 - rate, DaysPerMonth / Days) : null;

    /// <summary>The days that are looked at: the last 90, today included.</summary>
    public static StatisticPeriod PeriodTo(LocalDate today) => new(today.PlusDays(1 - Days), today);

    /// <summary>The share of customers that is still there after so many months.</summary>
    public decimal Staying(int months) => (decimal)Math.Pow(1 - (Monthly ?? 0), months);

    public ForecastChurnDocument Show() => new(period.From, period.To, figures.Cancelled, figures.CurrentAtStart, figures.New, Rate, Monthly);
}
