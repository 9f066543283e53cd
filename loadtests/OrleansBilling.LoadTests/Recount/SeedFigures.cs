using OrleansBilling.Domain.Statistics;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Recount;

/// <summary>The counters that follow from a seed.</summary>
internal sealed class SeedFigures(SeedPlan plan)
{
    /// <summary>Counts the counters (per day and offer) that differ, missing and surplus ones included.</summary>
    public async Task<int> CountDifferingAsync(IStatisticsStore statistics, CancellationToken cancellationToken)
    {
        var expected = plan.Deltas().Where(delta => delta.Value != 0)
            .ToDictionary(delta => (delta.Day, delta.OfferId, delta.Metric, delta.Slice), delta => delta.Value);
        var first = expected.Keys.Min(key => key.Day);
        var differing = 0;
        foreach (
            var row in await statistics.ReadAsync(new StatisticsFilter(), first, int.MaxValue, StatisticsGrouping.Offer, cancellationToken))
        {
            if (row.Value == 0 || StatisticDelta.IsNamed(row.Metric)) continue;
            if (!expected.Remove((row.Day, row.Group, row.Metric, row.Slice), out var value) || value != row.Value) differing++;
        }

        return differing + expected.Count;
    }
}
