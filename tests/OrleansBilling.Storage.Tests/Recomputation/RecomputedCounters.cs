using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>
/// Recomputes all counters from the events. They must equal what the database answers, in every grouping and step, folded or not.
/// </summary>
internal sealed class RecomputedCounters(BillingStorage storage, RandomMarket market)
{
    /// <summary>The metrics that must occur for the comparison to be meaningful.</summary>
    private static readonly StatisticMetric[] Telling =
    [
        StatisticMetric.Cancellations, StatisticMetric.Collected, StatisticMetric.Refunded, StatisticMetric.RevenueExpansion,
        StatisticMetric.RevenueContraction, StatisticMetric.RevenueChurn, StatisticMetric.RevenuePaused, StatisticMetric.RevenueResumed,
        StatisticMetric.RevenueMoved, StatisticMetric.StandingBook, StatisticMetric.CohortSize, StatisticMetric.CohortJoined,
        StatisticMetric.Chargebacks, StatisticMetric.ChargedBack,
        StatisticMetric.RetentionAssigned, StatisticMetric.RetentionAccepted, StatisticMetric.RetentionLost,
        StatisticMetric.NeverPaid, StatisticMetric.Reactivated, StatisticMetric.PartsToCome, StatisticMetric.MonthlyDiscounts,
        StatisticMetric.CancellationsByReason, StatisticMetric.DeclinesByCode, StatisticMetric.PartyActivations,
        StatisticMetric.PartyEarned, StatisticMetric.PartyLost,
    ];

    private readonly HashSet<StatisticMetric> met = [];

    public void AssertToldEnough() => Assert.Empty(Telling.Except(met));

    public async Task CompareAsync()
    {
        var deltas = await RecomputeAsync();
        met.UnionWith(deltas.Select(delta => delta.Metric));
        var today = StatisticDelta.DayOf(market.Now);
        var from = StatisticDelta.DayOf(Instant.FromUtc(2024, 1, 29, 0, 0));
        await CompareAsync(deltas, from, today);

        // Folded counters are read from other tables than unfolded ones.
        if (storage is PostgresStorage postgres) await postgres.FoldStatisticsAsync(CancellationToken.None);
        await CompareAsync(deltas, from, today);
    }

    private async Task CompareAsync(List<StatisticDelta> deltas, int from, int today)
    {
        AssertSame(
            Sums(deltas, delta => delta.Day, _ => ""),
            await ReadAsync(new StatisticsFilter(), new StatisticsRange(from, today, StatisticsStep.Day), StatisticsGrouping.None));
        AssertSame(
            Sums(deltas, delta => delta.Day, terms => terms.Offer.Id),
            await ReadAsync(new StatisticsFilter(), new StatisticsRange(from, today, StatisticsStep.Day), StatisticsGrouping.Offer));

        var split = (from + today) / 2;
        var ofSeller = deltas.Where(delta => TermsOf(delta).Product.SellerId == "seller-1").ToList();
        var filter = new StatisticsFilter { SellerId = "seller-1" };
        AssertSame(
            Sums(ofSeller, delta => Math.Max(delta.Day, split - 1), terms => terms.Product.Id),
            await ReadAsync(filter, new StatisticsRange(split, today, StatisticsStep.Day), StatisticsGrouping.Product));
        AssertSame(
            Sums(ofSeller, delta => delta.Day < split ? split - 1 : Math.Max(split, StatisticSources.MonthOf(delta.Day)),
                terms => terms.Plan.Id),
            await ReadAsync(filter, new StatisticsRange(split, today, StatisticsStep.Month), StatisticsGrouping.Plan));
        AssertSame(
            Sums(deltas, delta => delta.Day < split ? split - 1 : split, _ => ""),
            await ReadAsync(new StatisticsFilter(), new StatisticsRange(split, today, StatisticsStep.Range), StatisticsGrouping.None));
    }

    /// <summary>Compares, and on failure shows only the sums that differ.</summary>
    private static void AssertSame(SortedDictionary<string, long> recomputed, SortedDictionary<string, long> read) =>
        Assert.Equal(
            recomputed.Except(read).Select(sum => $"{sum.Key} = {sum.Value}"),
            read.Except(recomputed).Select(sum => $"{sum.Key} = {sum.Value}"));

    private async Task<List<StatisticDelta>> RecomputeAsync()
    {
        var deltas = new List<StatisticDelta>();
        foreach (var id in RandomMarket.Ids)
        {
            foreach (var step in await market.ReadHistoryAsync(id))
                StatisticRules.Collect(step.Before, step.Event, step.After, step.TermsBefore, step.Terms, deltas);
        }

        return deltas;
    }

    private SortedDictionary<string, long> Sums(
        IEnumerable<StatisticDelta> deltas, Func<StatisticDelta, int> day, Func<OfferTerms, string> group)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var delta in deltas)
        {
            var terms = TermsOf(delta);
            var key =
                $"{day(delta)} {terms.Offer.Currency} {group(terms)} {delta.Metric} " +
                $"{delta.Name ?? delta.Slice?.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            sums[key] = sums.GetValueOrDefault(key) + delta.Value;
        }

        return WithoutZeros(sums);
    }

    private async Task<SortedDictionary<string, long>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var rows = await storage.Statistics.ReadAsync(filter, range, grouping, CancellationToken.None);
        var names = await storage.Statistics.FindNamesAsync(
            [.. rows.Where(row => StatisticDelta.IsNamed(row.Metric)).Select(row => row.Slice!.Value).Distinct()], CancellationToken.None);
        foreach (var row in rows)
        {
            var slice = StatisticDelta.IsNamed(row.Metric)
                ? names[row.Slice!.Value]
                : row.Slice?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            sums.Add($"{row.Day} {row.Currency} {row.Group} {row.Metric} {slice}", (long)row.Value);
        }

        return WithoutZeros(sums);
    }

    private OfferTerms TermsOf(StatisticDelta delta) => market.Offers.Single(terms => terms.Offer.Id == delta.OfferId);

    /// <summary>A sum of zero may or may not have a row.</summary>
    private static SortedDictionary<string, long> WithoutZeros(SortedDictionary<string, long> sums) =>
        new(sums.Where(sum => sum.Value != 0).ToDictionary(), StringComparer.Ordinal);
}
