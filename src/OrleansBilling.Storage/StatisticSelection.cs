using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// Selects counters in SQL. Only the filters that are given become conditions, so that a cached plan fits its statement. $3 to $6 are
/// seller, product, plan and offer, $7 the metrics, $11 the first slice, $12 the name of a slice.
/// </summary>
internal static class StatisticSelection
{
    /// <summary>Whether the query covers the whole marketplace, for which totals are kept.</summary>
    public static bool IsMarket(StatisticsFilter filter, StatisticsGrouping grouping) =>
        grouping == StatisticsGrouping.None && filter is { SellerId: null, ProductId: null, PlanId: null, OfferId: null };

    /// <summary>The condition on offers, named "o".</summary>
    public static string Offers(StatisticsFilter filter) => All(
    [
        filter.SellerId is null ? null : "o.seller_id = $3",
        filter.ProductId is null ? null : "o.product_id = $4",
        filter.PlanId is null ? null : "o.plan_id = $5",
        filter.OfferId is null ? null : "o.id = $6",
    ]);

    /// <summary>The condition on counters. <paramref name="metrics"/> is the SQL condition on their metric.</summary>
    public static string Counters(StatisticsFilter filter, string metrics) => All(
    [
        filter.Metrics.IsDefaultOrEmpty ? null : metrics,
        filter.SliceFrom is null ? null : "slice >= $11",
        filter.Name is null ? null : "slice = (select id from statistic_name where name = $12)",
    ]);

    /// <summary>The group of an offer, named "o".</summary>
    public static string Group(StatisticsGrouping grouping) => grouping switch
    {
        StatisticsGrouping.None => "''",
        StatisticsGrouping.Product => "o.product_id",
        StatisticsGrouping.Plan => "o.plan_id",
        StatisticsGrouping.Offer => "o.id",
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, null),
    };

    private static string All(IEnumerable<string?> conditions) =>
        string.Join(" and ", conditions.Where(condition => condition is not null).DefaultIfEmpty("true"));
}
