using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>All counters once more from the events; they must equal what the store answers, in every grouping.</summary>
internal sealed class RecomputedCounters(BillingStorage storage, RandomMarket market)
{
    /// <summary>What must have been counted for the comparison to mean anything.</summary>
    private static readonly StatisticMetric[] Telling =
    [
        StatisticMetric.Cancellations, StatisticMetric.Collected, StatisticMetric.Refunded, StatisticMetric.RevenueExpansion,
        StatisticMetric.RevenueContraction, StatisticMetric.RevenuePaused, StatisticMetric.StandingBook, StatisticMetric.CohortSize,
    ];

    private readonly HashSet<StatisticMetric> met = [];

    public void AssertToldEnough() => Assert.Empty(Telling.Except(met));

    public async Task CompareAsync()
    {
        var deltas = await RecomputeAsync();
        met.UnionWith(deltas.Select(delta => delta.Metric));
        var today = StatisticDelta.DayOf(market.Now);
        var from = StatisticDelta.DayOf(Instant.FromUtc(2024, 1, 29, 0, 0));
        AssertSame(Sums(deltas, delta => delta.Day, _ => ""), await ReadAsync(new StatisticsFilter(), from, today, StatisticsGrouping.None));
        AssertSame(Sums(deltas, delta => delta.Day, terms => terms.Offer.Id), await ReadAsync(new StatisticsFilter(), from, today, StatisticsGrouping.Offer));

        var split = (from + today) / 2;
        var ofSeller = deltas.Where(delta => TermsOf(delta).Product.SellerId == "seller-1");
        AssertSame(
            Sums(ofSeller, delta => Math.Max(delta.Day, split - 1), terms => terms.Product.Id),
            await ReadAsync(new StatisticsFilter { SellerId = "seller-1" }, split, today, StatisticsGrouping.Product));
    }

    /// <summary>Fails with the sums that differ, and only those.</summary>
    private static void AssertSame(SortedDictionary<string, long> recomputed, SortedDictionary<string, long> read) =>
        Assert.Equal(recomputed.Except(read).Select(sum => $"{sum.Key} = {sum.Value}"), read.Except(recomputed).Select(sum => $"{sum.Key} = {sum.Value}"));

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

    private SortedDictionary<string, long> Sums(IEnumerable<StatisticDelta> deltas, Func<StatisticDelta, int> day, Func<OfferTerms, string> group)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var delta in deltas)
        {
            var terms = TermsOf(delta);
            var key = $"{day(delta)} {terms.Offer.Currency} {group(terms)} {delta.Metric} {delta.Slice}";
            sums[key] = sums.GetValueOrDefault(key) + delta.Value;
        }

        return WithoutZeros(sums);
    }

    private async Task<SortedDictionary<string, long>> ReadAsync(StatisticsFilter filter, int from, int to, StatisticsGrouping grouping)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in await storage.Statistics.ReadAsync(filter, from, to, grouping, CancellationToken.None))
            sums.Add($"{row.Day} {row.Currency} {row.Group} {row.Metric} {row.Slice}", row.Value);
        return WithoutZeros(sums);
    }

    private OfferTerms TermsOf(StatisticDelta delta) => market.Offers.Single(terms => terms.Offer.Id == delta.OfferId);

    /// <summary>A sum of zero may or may not have a row.</summary>
    private static SortedDictionary<string, long> WithoutZeros(SortedDictionary<string, long> sums) =>
        new(sums.Where(sum => sum.Value != 0).ToDictionary(), StringComparer.Ordinal);
}
