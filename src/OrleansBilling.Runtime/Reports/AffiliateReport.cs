using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>What each affiliate and co-producer brought in.</summary>
public static class AffiliateReport
{
    private static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.PartyActivations, StatisticMetric.PartyRenewals, StatisticMetric.PartyNewRevenue,
        StatisticMetric.PartyEarned, StatisticMetric.PartyRefunded, StatisticMetric.PartyLost,
    ];

    /// <summary>
    /// Each party with its figures for the period, by id and currency, or the one that the filter names. Parties without figures are left
    /// out. Null if there are more than <see cref="NamedCounters.RowsMax"/> counters.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<IReadOnlyList<AffiliateFigures>?> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken) =>
        await NamedCounters.ReadAsync(statistics, filter, Metrics, period, StatisticsStep.Range, cancellationToken) is { } counters
            ? Sum(counters, filter.Name, period)
            : null;

    /// <summary>A silo of before does not know the filter by name, so names are compared here too.</summary>
    private static IReadOnlyList<AffiliateFigures> Sum(NamedCounters counters, string? only, StatisticPeriod period) =>
    [
        .. counters.Rows.Where(row => row.Day >= period.FromDay && row.Value != 0 && (only is null || counters.NameOf(row) == only))
            .GroupBy(row => (Party: counters.NameOf(row), row.Currency))
            .OrderBy(group => group.Key.Party, StringComparer.Ordinal).ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
            .Select(group => Sum(group.Key.Party, group.Key.Currency, group.ToLookup(row => row.Metric, row => row.Value))),
    ];

    private static AffiliateFigures Sum(string party, string currency, ILookup<StatisticMetric, Int128> sums) => new(
        party,
        currency,
        sums[StatisticMetric.PartyActivations].Sum(),
        sums[StatisticMetric.PartyRenewals].Sum(),
        sums[StatisticMetric.PartyNewRevenue].Sum(),
        sums[StatisticMetric.PartyEarned].Sum(),
        sums[StatisticMetric.PartyRefunded].Sum(),
        sums[StatisticMetric.PartyLost].Sum());
}

/// <summary>What one affiliate or co-producer brought in, in one currency. Money is in minor units.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Activations">First activations whose first period to be paid began in the period.</param>
/// <param name="Renewals">Paid renewals that fell due in the period.</param>
/// <param name="NewRevenue">Monthly recurring revenue of first activations, net of discounts.</param>
/// <param name="Earned">The party's shares of the money collected.</param>
/// <param name="Refunded">The party's shares of the money refunded.</param>
/// <param name="Lost">How many of the activations left within 90 days and did not come back within those days.</param>
public sealed record AffiliateFigures(
    string PartyId, string Currency, Int128 Activations, Int128 Renewals, Int128 NewRevenue, Int128 Earned, Int128 Refunded, Int128 Lost);
