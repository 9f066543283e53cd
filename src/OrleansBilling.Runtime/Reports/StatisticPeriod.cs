using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Reports;

/// <summary>A stretch of whole days, both ends included.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; the day before the first asks for what there was before it.</param>
public readonly record struct StatisticPeriod(LocalDate From, LocalDate To)
{
    /// <summary>Number of the first day.</summary>
    public int FromDay => StatisticDelta.DayOf(From);

    /// <summary>Number of the last day.</summary>
    public int ToDay => StatisticDelta.DayOf(To);

    /// <summary>The calendar month in which it starts, as 2024-01.</summary>
    public string Month => NameOf(From);

    /// <summary>The number of that month, as slices count them.</summary>
    public int MonthNumber => StatisticDelta.MonthOf(From);

    /// <summary>The same, with the whole of the calendar month in which it starts.</summary>
    public StatisticPeriod FromFirstOfMonth => this with { From = From.With(DateAdjusters.StartOfMonth) };

    /// <summary>The calendar month of a date, as 2024-01.</summary>
    public static string NameOf(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}");

    /// <summary>What had come to be by now, as an opening balance: it may be a later day already where the zone is ahead.</summary>
    public static StatisticPeriod StandingOn(LocalDate today) => new(today.PlusDays(2), today.PlusDays(1));

    /// <summary>Its days, one by one.</summary>
    public IReadOnlyList<StatisticPeriod> Days()
    {
        var days = new List<StatisticPeriod>();
        for (var day = From; day <= To; day = day.PlusDays(1)) days.Add(new StatisticPeriod(day, day));
        return days;
    }

    /// <summary>Its calendar months; the first and the last are cut to what belongs to it.</summary>
    public IReadOnlyList<StatisticPeriod> Months()
    {
        var months = new List<StatisticPeriod>();
        for (var start = From; start <= To;)
        {
            var next = new LocalDate(start.Year, start.Month, 1).PlusMonths(1);
            months.Add(new StatisticPeriod(start, LocalDate.Min(To, next.PlusDays(-1))));
            start = next;
        }

        return months;
    }

    /// <summary>Which of the periods, one behind another without a gap, a day belongs to; the first for what lies before.</summary>
    public static int IndexOf(IReadOnlyList<StatisticPeriod> periods, int day)
    {
        ArgumentNullException.ThrowIfNull(periods);
        var (low, high) = (0, periods.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (periods[middle].FromDay <= day) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
