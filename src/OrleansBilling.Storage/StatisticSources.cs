using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// The rows from which a range of statistics is read: whole months from monthly sums, the rest from days. If an offer's months are
/// closed only up to an earlier day, its days are read from that day on.
/// </summary>
/// <param name="MonthsBefore">The first day of a month. Whole months before it are read as months, everything from it on as days.</param>
/// <param name="MonthApart">The first day of an earlier month in which the range begins; that month is read by days.</param>
/// <param name="MonthApartTo">The last day of that month; less than <paramref name="MonthApart"/> if there is none.</param>
internal readonly record struct StatisticSources(int MonthsBefore, int MonthApart, int MonthApartTo)
{
    /// <summary>A day near the end of the calendar. Anything beyond it is read by days.</summary>
    private const int DayMax = 2_932_800;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static StatisticSources Of(in StatisticsRange range)
    {
        var first = MonthOf(Math.Min(range.FromDay, DayMax));
        if (range.Step == StatisticsStep.Day) return WithoutApart(first);
        var rest = MonthOf(Math.Min(range.ToDay, DayMax) + 1);
        return range.FromDay == first || rest <= first ? WithoutApart(rest) : new StatisticSources(rest, first, MonthOf(first + 31) - 1);
    }

    /// <summary>The first day of the month of a day, both as days since 1970-01-01.</summary>
    public static int MonthOf(int day)
    {
        var date = Epoch.PlusDays(day);
        return day + 1 - date.Day;
    }

    private static StatisticSources WithoutApart(int monthsBefore) => new(monthsBefore, int.MaxValue, int.MinValue);
}
