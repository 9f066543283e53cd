using OrleansBilling.Domain.Statistics;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>Recounts the whole journal by the rules of the domain, to check the statistics.</summary>
internal sealed class StatisticsRecount
{
    private readonly Dictionary<CounterKey, Int128> sums = [];
    private readonly Dictionary<string, string> currencies;
    private readonly List<StatisticDelta> deltas = [];

    /// <summary>Starts with the sales that filled the database before the run.</summary>
    public StatisticsRecount(SeedPlan plan)
    {
        currencies = plan.Catalog.Offers.ToDictionary(offer => offer.Offer.Id, offer => offer.Offer.Currency, StringComparer.Ordinal);
        foreach (var delta in plan.Deltas()) Add(delta);
    }

    public void Add(in ReplayedEvent replayed)
    {
        deltas.Clear();

        // No load changes a plan, so the terms are the same before and after an event.
        StatisticRules.Collect(replayed.Before, replayed.Event, replayed.After, replayed.Terms, replayed.Terms, deltas);
        foreach (var delta in deltas) Add(delta);
    }

    /// <summary>Compares the recount with the statistics: every counter of every day and offer.</summary>
    public async Task<RunCheck> CompareAsync(IStatisticsStore statistics, CancellationToken cancellationToken)
    {
        var first = sums.Count == 0 ? 0 : sums.Keys.Min(key => key.Day);
        var rows = await statistics.ReadAsync(new StatisticsFilter(), first, int.MaxValue, StatisticsGrouping.Offer, cancellationToken);
        var names = await statistics.FindNamesAsync(
            [.. rows.Where(row => StatisticDelta.IsNamed(row.Metric)).Select(row => row.Slice!.Value).Distinct()], cancellationToken);
        var differing = 0;
        var left = sums.Where(sum => sum.Value != 0).ToDictionary();
        foreach (var row in rows)
        {
            if (row.Value == 0) continue;
            if (!left.Remove(KeyOf(row, names), out var expected) || expected != row.Value) differing++;
        }

        return RunCheck.None($"counters that differ from a recount of the journal, of {sums.Count:N0}", differing + left.Count);
    }

    private static CounterKey KeyOf(in StatisticRow row, IReadOnlyDictionary<int, string> names) => StatisticDelta.IsNamed(row.Metric)
        ? new CounterKey(row.Day, row.Currency, row.Group, row.Metric, null, names[row.Slice!.Value])
        : new CounterKey(row.Day, row.Currency, row.Group, row.Metric, row.Slice, null);

    private void Add(in StatisticDelta delta)
    {
        var key = new CounterKey(delta.Day, currencies[delta.OfferId], delta.OfferId, delta.Metric, delta.Slice, delta.Name);
        sums[key] = sums.GetValueOrDefault(key) + delta.Value;
    }

    private readonly record struct CounterKey(int Day, string Currency, string OfferId, StatisticMetric Metric, int? Slice, string? Name);
}
