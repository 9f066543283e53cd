using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How often a plan renews in a calendar month if only the month of its next renewal is known. Intervals of months and
/// years repeat exactly. For weeks and days only the average is known: an interval shorter than an average month renews
/// that often in each month, and in the present month in proportion to the days left. A longer one renews in the nearest
/// month. If the number of recurrences is fixed, only the next renewal counts, because the number left is unknown.
/// </summary>
/// <param name="today">The first day of the forecast.</param>
public sealed class RenewalPattern(LocalDate today)
{
    /// <summary>Twelve of these months make a year of 365.25 days. Monthly recurring revenue uses the same length.</summary>
    private const decimal DaysPerMonth = 30.4375m;

    private readonly int present = StatisticDelta.MonthOf(today);

    /// <summary>The number of renewals in a month.</summary>
    /// <param name="next">The month of the next renewal. A late renewal counts in the present month.</param>
    /// <param name="month">The month asked about: the present one or later.</param>
    public decimal Count(Plan plan, int next, int month)
    {
        var offset = month - Math.Max(next, present);
        if (offset < 0) return 0;
        if (plan.Recurrences is not null) return offset == 0 ? 1 : 0;
        var (unit, count) = plan.Interval;
        return unit switch
        {
            IntervalUnit.Month => offset % count == 0 ? 1 : 0,
            IntervalUnit.Year => offset % (12 * count) == 0 ? 1 : 0,
            IntervalUnit.Week => CountDays(7 * count, offset, month),
            IntervalUnit.Day => CountDays(count, offset, month),
            _ => throw new InvalidOperationException($"{unit} is not known."),
        };
    }

    private decimal CountDays(int days, int offset, int month)
    {
        if (days > DaysPerMonth)
        {
            var repetition = Math.Round(offset * DaysPerMonth / days, MidpointRounding.AwayFromZero);
            return Math.Round(repetition * days / DaysPerMonth, MidpointRounding.AwayFromZero) == offset ? 1 : 0;
        }

        var average = DaysPerMonth / days;
        if (month == present) average *= DaysLeft() / (decimal)CalendarSystem.Iso.GetDaysInMonth(today.Year, today.Month);
        return offset == 0 ? Math.Max(1, average) : average;
    }

    private int DaysLeft() => CalendarSystem.Iso.GetDaysInMonth(today.Year, today.Month) - today.Day;
}
