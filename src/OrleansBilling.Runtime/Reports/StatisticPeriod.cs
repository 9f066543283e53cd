using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Reports;

/// <summary>A period of whole days, including both ends.</summary>
/// <param name="To">The last day. The day before <paramref name="From"/> makes an empty period, to read only what came before it.</param>
public readonly record struct StatisticPeriod(LocalDate From, LocalDate To)
{
    /// <summary>The number of the first day, as counters store it.</summary>
    public int FromDay => StatisticDelta.DayOf(From);

    /// <summary>The number of the last day, as counters store it.</summary>
    public int ToDay => StatisticDelta.DayOf(To);

    /// <summary>The calendar month in which the period starts, such as 2024-01.</summary>
    public string Month => NameOf(From);

    /// <summary>The number of the month in which the period starts, as slices store it.</summary>
    public int MonthNumber => StatisticDelta.MonthOf(From);

    /// <summary>The period extended to the first day of its first calendar month.</summary>
    public StatisticPeriod FromFirstOfMonth => this with { From = From.With(DateAdjusters.StartOfMonth) };

    /// <summary>The calendar month of a date, such as 2024-01.</summary>
    public static string NameOf(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}");

    /// <summary>
    /// An empty period for reading the present state as an opening balance. It includes tomorrow, because it is already
    /// tomorrow in time zones that are ahead.
    /// </summary>
    public static StatisticPeriod StandingOn(LocalDate today) => new(today.PlusDays(2), today.PlusDays(1));

    /// <summary>The days of the period, one by one.</summary>
    public IReadOnlyList<StatisticPeriod> Days()
    {
        var days = new List<StatisticPeriod>();
        for (var day = From; day <= To; day = day.PlusDays(1)) days.Add(new StatisticPeriod(day, day));
        return days;
    }

    /// <summary>The calendar months of the period. The first and the last are cut to the period.</summary>
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

    /// <summary>
    /// The index of the period that contains a day. The periods must follow each other without gaps. An earlier day gives
    /// the first index.
    /// </summary>
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
