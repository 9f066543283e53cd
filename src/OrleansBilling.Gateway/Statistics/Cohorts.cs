using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>Cohorts by month of start: how many joined, and how many were left at the end of each month since.</summary>
internal sealed class Cohorts
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics = [
        StatisticMetric.CohortSize, StatisticMetric.CohortJoined, StatisticMetric.CohortCompleted];

    private readonly IReadOnlyList<StatisticPeriod> months;
    private readonly Int128[] joined;

    /// <summary>By month of start, then by month: the change of the size within it.</summary>
    private readonly Int128[,] changes;

    /// <summary>The same of fixed terms that ran out.</summary>
    private readonly Int128[,] completed;

    private Cohorts(IReadOnlyList<StatisticPeriod> months)
    {
        this.months = months;
        joined = new Int128[months.Count];
        changes = new Int128[months.Count, months.Count];
        completed = new Int128[months.Count, months.Count];
    }

    /// <summary>A cohort for each month, followed up to month <paramref name="shownMax"/> of the series.</summary>
    /// <param name="rows">Counters up to the last month's end.</param>
    /// <param name="months">Calendar months one behind another, the first of them whole.</param>
    /// <param name="shownMax">The number of the last month that has begun.</param>
    public static ImmutableArray<CohortDocument> Sum(IEnumerable<StatisticRow> rows, IReadOnlyList<StatisticPeriod> months, int shownMax)
    {
        var cohorts = new Cohorts(months);
        foreach (var row in rows) cohorts.Add(row);
        return [.. Enumerable.Range(0, months.Count).Select(cohort => cohorts.Show(cohort, shownMax))];
    }

    private void Add(in StatisticRow row)
    {
        var cohort = row.Slice!.Value - months[0].MonthNumber;
        if (cohort < 0 || cohort >= months.Count) return;
        if (row.Metric == StatisticMetric.CohortJoined) joined[cohort] += row.Value;
        else if (row.Metric == StatisticMetric.CohortCompleted) completed[cohort, StatisticPeriod.IndexOf(months, row.Day)] += row.Value;
        else changes[cohort, StatisticPeriod.IndexOf(months, row.Day)] += row.Value;
    }

    private CohortDocument Show(int cohort, int shownMax)
    {
        var retained = ImmutableArray.CreateBuilder<RetainedDocument>();
        var (count, ranOut) = (Int128.Zero, Int128.Zero);
        for (var n = cohort; n < months.Count && months[n].MonthNumber <= shownMax; n++)
        {
            count += changes[cohort, n];
            ranOut += completed[cohort, n];
            retained.Add(
                new RetainedDocument(months[n].Month, n - cohort, count, ranOut, CancellationDocuments.Ratio(count, joined[cohort])));
        }

        return new CohortDocument(months[cohort].Month, joined[cohort], retained.ToImmutable());
    }
}
