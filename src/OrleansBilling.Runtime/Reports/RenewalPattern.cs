using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// How often a plan renews in a calendar month, when all that is known of the next renewal is its month. Months and
/// years repeat exactly. Of weeks and days only the average is known: an interval shorter than an average month renews
/// that often in each, in the present one by the share of it that is left; a longer one renews in the nearest month.
/// Where the number of recurrences is fixed, nobody can say how many are left, so only the next one counts.
/// </summary>
/// <param name="today">The day from which it is looked ahead.</param>
public sealed class RenewalPattern(LocalDate today)
{
    /// <summary>A year of 365.25 days has twelve of it, as monthly recurring revenue has it.</summary>
    private const decimal DaysPerMonth = 30.4375m;

    private readonly int present = StatisticDelta.MonthOf(today);

    /// <summary>Renewals in a month.</summary>
    /// <param name="plan">What recurs.</param>
    /// <param name="next">The month of the next renewal; one that is late comes in the present month.</param>
    /// <param name="month">The month asked for, the present one or later.</param>
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
