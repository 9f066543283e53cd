using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>From sums to what the API shows. Money is rounded once, half away from zero, as everywhere.</summary>
internal static class CancellationDocuments
{
    private const double SecondsPerDay = 86_400;

    public static CancellationFiguresDocument Figures(StatisticPeriod period, CancellationFigures figures)
    {
        var currencies = figures.Currencies.Select(pair => Currency(pair.Key, pair.Value)).ToImmutableArray();
        return new CancellationFiguresDocument
        {
            From = period.From,
            To = period.To,
            Cancelled = figures.Cancelled,
            Current = figures.Current,
            CurrentAtStart = figures.CurrentAtStart,
            New = figures.New,
            Rate = Ratio(figures.Cancelled, figures.Current),
            ChurnStart = Ratio(figures.Cancelled, figures.CurrentAtStart),
            ChurnRolling = Ratio(figures.Cancelled, figures.CurrentAtStart + figures.New),
            LtDays = Ratio(figures.LifetimeSeconds, figures.Cancelled) / SecondsPerDay,
            Ltv = currencies is [var only] ? only.Ltv : null,
            Currency = currencies is [var single] ? single.Currency : null,
            AveragePaidRecurrences = Ratio(figures.PaidRecurrences, figures.Cancelled),
            Voluntary = figures.Voluntary,
            Involuntary = figures.Involuntary,
            ByCurrency = currencies,
        };
    }

    public static OriginsDocument Origins(StatisticPeriod month, CancellationFigures figures) => new(
        month.Month,
        figures.By(CancellationOrigin.Customer),
        figures.By(CancellationOrigin.Administrator),
        figures.By(CancellationOrigin.Seller),
        figures.By(CancellationOrigin.System),
        figures.Cancelled);

    public static DailyDocument Daily(StatisticPeriod day, CancellationFigures figures) => new(
        day.From,
        figures.New,
        figures.Cancelled,
        figures.By(CancellationOrigin.Customer),
        figures.By(CancellationOrigin.Administrator),
        figures.By(CancellationOrigin.Seller),
        figures.By(CancellationOrigin.System),
        figures.Current,
        Ratio(figures.Cancelled, figures.Current));

    /// <summary>Null where the denominator is 0.</summary>
    public static double? Ratio(Int128 numerator, Int128 denominator) => denominator == 0 ? null : (double)numerator / (double)denominator;

    /// <summary>Rounded once, half away from zero; of at least one.</summary>
    public static Int128 Mean(Int128 sum, Int128 count)
    {
        var doubled = (Int128.Abs(sum) * 2) + count;
        var rounded = doubled / (count * 2);
        return sum < 0 ? -rounded : rounded;
    }

    private static CurrencyCancellationsDocument Currency(string code, CurrencySums sums) => new(
        code,
        sums.Cancelled,
        Mean(sums.Collected, sums.Cancelled),
        (double)sums.LifetimeSeconds / SecondsPerDay / (double)sums.Cancelled,
        (double)sums.PaidRecurrences / (double)sums.Cancelled);
}
