using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>Sums rows into the figures of each period. The periods must follow each other without gaps.</summary>
internal static class CancellationSeries
{
    public static CancellationFigures[] Sum(IEnumerable<StatisticRow> rows, IReadOnlyList<StatisticPeriod> periods)
    {
        var figures = new CancellationFigures[periods.Count];
        for (var n = 0; n < figures.Length; n++) figures[n] = new CancellationFigures();

        var fromDay = periods[0].FromDay;
        var opening = Int128.Zero;
        foreach (var row in rows)
        {
            if (row.Day >= fromDay) figures[StatisticPeriod.IndexOf(periods, row.Day)].Add(row);
            else if (row.Metric == StatisticMetric.Subscribers) opening += row.Value;
        }

        foreach (var one in figures)
        {
            one.CurrentAtStart = opening;
            opening = one.Current;
        }

        return figures;
    }
}
