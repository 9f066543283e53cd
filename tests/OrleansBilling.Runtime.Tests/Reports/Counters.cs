using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.Tests.Reports;

/// <summary>Counters as a test states them, summed up as the stores do.</summary>
internal sealed class Counters : IStatisticsStore
{
    private readonly List<StatisticRow> rows = [];

    public Dictionary<int, string> Names { get; } = [];

    public Counters With(
        LocalDate day, StatisticMetric metric, Int128 value, int? slice = null, string currency = "BRL", string group = "")
    {
        rows.Add(new StatisticRow(StatisticDelta.DayOf(day), currency, group, metric, slice, value));
        return this;
    }

    public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken) => new(
        [.. rows.Where(row => row.Day <= range.ToDay && filter.Metrics.Contains(row.Metric) && !(row.Slice < filter.SliceFrom))
            .GroupBy(row => row with
            {
                Day = FirstDayOf(row.Day, range), Group = grouping == StatisticsGrouping.None ? "" : row.Group, Value = 0,
            })
            .Select(step => step.Key with { Value = step.Sum(row => row.Value) })]);

    public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
        IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
        new(Names.Where(name => numbers.Contains(name.Key)).ToDictionary());

    private static int FirstDayOf(int day, StatisticsRange range)
    {
        if (day < range.FromDay) return range.FromDay - 1;
        var date = new LocalDate(1970, 1, 1).PlusDays(day);
        return range.Step switch
        {
            StatisticsStep.Day => day,
            StatisticsStep.Month => Math.Max(range.FromDay, StatisticDelta.DayOf(date.With(DateAdjusters.StartOfMonth))),
            _ => range.FromDay,
        };
    }
}
