using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// From which rows a range of statistics is read: from months where they are whole, from days for the rest. Of an
/// offer whose months are closed up to an earlier day only, days are read from there on.
/// </summary>
/// <param name="MonthsBefore">Whole months before this first day of a month; from it on, days.</param>
/// <param name="MonthApart">The first day of a month before that, in which the range begins: read by days.</param>
/// <param name="MonthApartTo">Up to which day of it; before <paramref name="MonthApart"/> where there is none.</param>
internal readonly record struct StatisticSources(int MonthsBefore, int MonthApart, int MonthApartTo)
{
    /// <summary>Near the end of the calendar; what is asked for beyond it is read by days.</summary>
    private const int DayMax = 2_932_800;

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>The sources of a range.</summary>
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
