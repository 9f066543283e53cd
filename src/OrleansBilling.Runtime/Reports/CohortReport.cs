using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>Cohorts by month of start: how many joined, and how many remained at the end of each month since.</summary>
public sealed class CohortReport
{
    private static readonly ImmutableArray<StatisticMetric> Metrics =
        [StatisticMetric.CohortSize, StatisticMetric.CohortJoined, StatisticMetric.CohortCompleted];

    private readonly IReadOnlyList<StatisticPeriod> months;
    private readonly Int128[] joined;

    /// <summary>The change in size, by month of start and then by month.</summary>
    private readonly Int128[,] changes;

    /// <summary>Fixed terms that ran out, by month of start and then by month.</summary>
    private readonly Int128[,] completed;

    private CohortReport(IReadOnlyList<StatisticPeriod> months)
    {
        this.months = months;
        joined = new Int128[months.Count];
        changes = new Int128[months.Count, months.Count];
        completed = new Int128[months.Count, months.Count];
    }

    /// <summary>
    /// Reads a cohort for each month of the period, followed up to the period's end. Months that have not begun are left
    /// out.
    /// </summary>
    /// <param name="period">The months of start. The first one is taken whole (<see cref="StatisticPeriod.FromFirstOfMonth"/>).</param>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<IReadOnlyList<Cohort>> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, LocalDate today, CancellationToken cancellationToken)
    {
        var report = new CohortReport(period.FromFirstOfMonth.Months());
        foreach (var row in await statistics.ReadAsync(
            filter, Metrics, period.FromFirstOfMonth, StatisticsStep.Month, cancellationToken)) report.Add(row);
        return [.. Enumerable.Range(0, report.months.Count).Select(cohort => report.Sum(cohort, StatisticDelta.MonthOf(today)))];
    }

    private void Add(in StatisticRow row)
    {
        var cohort = row.Slice!.Value - months[0].MonthNumber;
        if (cohort < 0 || cohort >= months.Count) return;
        if (row.Metric == StatisticMetric.CohortJoined) joined[cohort] += row.Value;
        else if (row.Metric == StatisticMetric.CohortCompleted) completed[cohort, StatisticPeriod.IndexOf(months, row.Day)] += row.Value;
        else changes[cohort, StatisticPeriod.IndexOf(months, row.Day)] += row.Value;
    }

    private Cohort Sum(int cohort, int present)
    {
        var retained = ImmutableArray.CreateBuilder<CohortMonth>();
        var (count, ranOut) = (Int128.Zero, Int128.Zero);
        for (var n = cohort; n < months.Count && months[n].MonthNumber <= present; n++)
        {
            count += changes[cohort, n];
            ranOut += completed[cohort, n];
            retained.Add(new CohortMonth(months[n], n - cohort, new Ratio(count, joined[cohort]), ranOut));
        }

        return new Cohort(months[cohort], joined[cohort], retained.ToImmutable());
    }
}

/// <summary>The subscriptions that started in one calendar month.</summary>
/// <param name="Joined">How many of them became subscribers for the first time.</param>
/// <param name="Retained">How many remained, from the month of start on, oldest first.</param>
public sealed record Cohort(StatisticPeriod Month, Int128 Joined, ImmutableArray<CohortMonth> Retained);

/// <summary>How many of a cohort remained at the end of a month.</summary>
/// <param name="Age">Months since the month of start.</param>
/// <param name="Left">Remaining subscribers ÷ joined.</param>
/// <param name="Completed">Those whose fixed term had run out by then. They do not count as having left.</param>
public sealed record CohortMonth(StatisticPeriod Month, int Age, Ratio Left, Int128 Completed);
