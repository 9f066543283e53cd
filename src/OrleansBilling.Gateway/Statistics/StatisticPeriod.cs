using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>A stretch of whole days (UTC), both ends included.</summary>
internal readonly record struct StatisticPeriod(LocalDate From, LocalDate To)
{
    public int FromDay => DayOf(From);

    public int ToDay => DayOf(To);

    /// <summary>The calendar month in which it starts, as 2024-01.</summary>
    public string Month => string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-{From.Month:00}");

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

    private static int DayOf(LocalDate date) => StatisticDelta.DayOf(date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());
}
