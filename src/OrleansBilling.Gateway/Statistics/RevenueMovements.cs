using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>How monthly recurring revenue moved, by month and currency. Start and end are the gauge's, not sums of the movements.</summary>
internal sealed class RevenueMovements
{
    private static readonly ImmutableArray<StatisticMetric> Movements =
    [
        StatisticMetric.RevenueNew, StatisticMetric.RevenueExpansion, StatisticMetric.RevenueContraction, StatisticMetric.RevenueChurn,
        StatisticMetric.RevenueCompleted,
        StatisticMetric.RevenueReactivation, StatisticMetric.RevenuePaused, StatisticMetric.RevenueResumed, StatisticMetric.RevenueMoved,
    ];

    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics = [StatisticMetric.MonthlyRecurringRevenue, .. Movements];

    private readonly Dictionary<StatisticMetric, Int128>[] months;
    private Int128 opening;

    private RevenueMovements(int count)
    {
        months = new Dictionary<StatisticMetric, Int128>[count];
        for (var n = 0; n < count; n++) months[n] = [];
    }

    /// <summary>The movements of each month and currency in which there was, or is, recurring revenue; by month, then currency.</summary>
    public static ImmutableArray<RevenueMovementsDocument> Sum(IEnumerable<StatisticRow> rows, IReadOnlyList<StatisticPeriod> periods)
    {
        var currencies = new SortedDictionary<string, RevenueMovements>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!currencies.TryGetValue(row.Currency, out var movements))
                currencies[row.Currency] = movements = new RevenueMovements(periods.Count);
            movements.Add(row, periods);
        }

        var shown = new List<RevenueMovementsDocument>(periods.Count * currencies.Count);
        for (var n = 0; n < periods.Count; n++)
        {
            foreach (var (currency, movements) in currencies) shown.Add(movements.Show(n, periods[n], currency));
        }

        return [.. shown];
    }

    private void Add(in StatisticRow row, IReadOnlyList<StatisticPeriod> periods)
    {
        if (row.Day >= periods[0].FromDay)
        {
            var month = months[StatisticPeriod.IndexOf(periods, row.Day)];
            month[row.Metric] = month.GetValueOrDefault(row.Metric) + row.Value;
        }
        else if (row.Metric == StatisticMetric.MonthlyRecurringRevenue)
        {
            opening += row.Value;
        }
    }

    private RevenueMovementsDocument Show(int n, StatisticPeriod period, string currency)
    {
        var start = opening;
        opening += Of(StatisticMetric.MonthlyRecurringRevenue);
        return new RevenueMovementsDocument(
            period.Month,
            currency,
            start,
            Of(StatisticMetric.RevenueNew),
            Of(StatisticMetric.RevenueExpansion),
            Of(StatisticMetric.RevenueContraction),
            Of(StatisticMetric.RevenueChurn),
            Of(StatisticMetric.RevenueCompleted),
            Of(StatisticMetric.RevenueReactivation),
            Of(StatisticMetric.RevenuePaused),
            Of(StatisticMetric.RevenueResumed),
            Of(StatisticMetric.RevenueMoved),
            opening);

        Int128 Of(StatisticMetric metric) => months[n].GetValueOrDefault(metric);
    }
}
