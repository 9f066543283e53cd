using OrleansBilling.Domain.Statistics;
using static OrleansBilling.Domain.Statistics.StatisticMetric;

namespace OrleansBilling.Domain.Tests.Statistics;

/// <summary>
/// The counter changes of a step of a life, as they would be committed, in the order of the metrics' numbers:
/// "Active+1 New+1".
/// </summary>
internal static class Counted
{
    public static string By(Timeline life, Action<Timeline> step, Func<StatisticMetric, bool> shown)
    {
        var from = life.Events.Count;
        step(life);
        var sums = new SortedDictionary<(StatisticMetric Metric, int? Slice, string? Name), long>();
        foreach (var delta in Deltas(life, from).Where(delta => shown(delta.Metric)))
            sums[(delta.Metric, delta.Slice, delta.Name)] = sums.GetValueOrDefault((delta.Metric, delta.Slice, delta.Name)) + delta.Value;
        return string.Join(' ', sums.Where(sum => sum.Value != 0)
            .Select(sum =>
                $"{sum.Key.Metric}{(sum.Key.Name is { } name ? $"({name})" : Name(sum.Key.Metric, sum.Key.Slice))}{sum.Value:+0;-0}"));
    }

    /// <summary>The deltas of the events, starting at an index.</summary>
    public static List<StatisticDelta> Deltas(Timeline life, int from = 0)
    {
        var all = new List<StatisticDelta>();
        Subscription? before = null;
        for (var n = 0; n < life.Events.Count; n++)
        {
            var after = SubscriptionEvolution.Evolve(before, life.Events[n]);
            var deltas = new List<StatisticDelta>();
            StatisticRules.Collect(before, life.Events[n], after, TermsOf(life, before ?? after), TermsOf(life, after), deltas);
            if (n >= from) all.AddRange(deltas);
            before = after;
        }

        return all;
    }

    private static OfferTerms TermsOf(Timeline life, Subscription state) => life.Catalog(state.OfferId, state.OfferVersion);

    private static string Name(StatisticMetric metric, int? slice) => slice is not { } number ? "" : metric switch
    {
        < RevenueNew => $"({(CancellationOrigin)number})",
        CohortSize or CohortJoined or CohortCompleted or StandingBook or PartsToCome => $"({number / 12}-{(number % 12) + 1:00})",
        _ => $"({number})",
    };
}
