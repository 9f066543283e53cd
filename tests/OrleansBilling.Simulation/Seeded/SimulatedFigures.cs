using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Simulation.Seeded;

/// <summary>The counters and balances that commits added up, as a database sums them, and the stored subscriptions; for audits.</summary>
public sealed class SimulatedFigures(SimulatedJournal journal, IReadOnlyCollection<OfferTerms> sold)
    : IStatisticsStore, IBalanceStore, ISubscriptionDirectory
{
    private readonly List<string> names = [];

    /// <summary>Supports only grouping by day and offer.</summary>
    public ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(grouping, StatisticsGrouping.Offer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(range.Step, StatisticsStep.Day);
        var currencies = sold.ToDictionary(terms => terms.Offer.Id, terms => terms.Offer.Currency);
        return new(
        [
            .. journal.Deltas.GroupBy(delta => (delta.Day, delta.OfferId, delta.Metric, Slice: SliceOf(delta))).Select(group =>
                new StatisticRow(
                    group.Key.Day, currencies[group.Key.OfferId], group.Key.OfferId, group.Key.Metric, group.Key.Slice,
                    group.Sum(delta => delta.Value))),
        ]);
    }

    public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
        IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
        new(numbers.ToDictionary(number => number, number => names[number]));

    public ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
        ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds, BalanceKey? after, int limit,
        CancellationToken cancellationToken) =>
        new(
        [
            .. journal.Balances.GroupBy(delta => delta.Key).Select(group => new BalanceRow(group.Key, group.Sum(delta => delta.Amount)))
                .OrderBy(row => $"{row.Key}", StringComparer.Ordinal)
                .Where(row => after is not { } cursor || string.CompareOrdinal($"{row.Key}", $"{cursor}") > 0).Take(limit),
        ]);

    public async ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
        DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredSubscription>();
        foreach (var id in journal.Ids.Where(id => string.CompareOrdinal(id, afterId) > 0).Take(limit).ToList())
            found.Add((await journal.LoadAsync(id, cancellationToken))!);
        return found;
    }

    private int? SliceOf(StatisticDelta delta)
    {
        if (!StatisticDelta.IsNamed(delta.Metric)) return delta.Slice;
        if (!names.Contains(delta.Name!)) names.Add(delta.Name!);
        return names.IndexOf(delta.Name!);
    }
}
