using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Testing.Audit;

/// <summary>Computes the expected counters and balances from the events.</summary>
internal sealed class Recount(BrokenLaws laws)
{
    private readonly Dictionary<CounterKey, Int128> counters = [];
    private readonly Dictionary<BalanceKey, Int128> balances = [];
    private readonly Dictionary<string, string> currencies = new(StringComparer.Ordinal);
    private readonly List<StatisticDelta> deltas = [];

    public IReadOnlyDictionary<CounterKey, Int128> Counters => counters;

    public IReadOnlyDictionary<BalanceKey, Int128> Balances => balances;

    /// <summary>The day of the earliest counter.</summary>
    public int FirstDay => counters.Count == 0 ? 0 : counters.Keys.Min(key => key.Day);

    public void Add(Subscription? before, OfferTerms? termsBefore, SubscriptionEvent e, Subscription after, OfferTerms terms)
    {
        currencies[terms.Offer.Id] = terms.Offer.Currency;
        deltas.Clear();
        StatisticRules.Collect(before, e, after, termsBefore ?? terms, terms, deltas);
        foreach (var delta in deltas)
        {
            var key = new CounterKey(delta.Day, currencies[delta.OfferId], delta.OfferId, delta.Metric, delta.Slice, delta.Name);
            counters[key] = counters.GetValueOrDefault(key) + delta.Value;
        }

        var sum = Int128.Zero;
        foreach (var posting in Postings.Of(e))
        {
            sum += posting.Amount;
            if (posting.Party is not { } party) continue;
            var key = new BalanceKey(terms.Product.SellerId, party, terms.Offer.Currency);
            balances[key] = balances.GetValueOrDefault(key) - posting.Amount;
        }

        laws.Require(sum == 0, $"The postings of {after.Id} version {after.Version} sum to {sum}, not to zero.");
    }
}

/// <summary>A counter of a day and an offer.</summary>
internal readonly record struct CounterKey(int Day, string Currency, string OfferId, StatisticMetric Metric, int? Slice, string? Name);
