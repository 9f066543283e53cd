using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Journal;

/// <summary>Reads the counters that commits wrote; exact at every instant, because deltas and totals are read as one.</summary>
public interface IStatisticsStore
{
    /// <summary>
    /// Sums per day, currency, group, metric and slice up to and including <paramref name="toDay"/>. Everything before
    /// <paramref name="fromDay"/> comes as one row of day <paramref name="fromDay"/> − 1: the opening balance of gauges.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(StatisticsFilter filter, int fromDay, int toDay, StatisticsGrouping grouping, CancellationToken cancellationToken);
}

/// <summary>By what statistics are broken down besides day and currency.</summary>
public enum StatisticsGrouping
{
    /// <summary>Not at all; the group is empty.</summary>
    None,

    /// <summary>By product id.</summary>
    Product,

    /// <summary>By plan id.</summary>
    Plan,

    /// <summary>By offer id.</summary>
    Offer,
}

/// <summary>Whose statistics; null matches everything.</summary>
public sealed record StatisticsFilter
{
    /// <summary>Seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Offer.</summary>
    public string? OfferId { get; init; }

    /// <summary>What is counted; empty for everything.</summary>
    public ImmutableArray<StatisticMetric> Metrics { get; init; } = [];
}

/// <summary>A sum of deltas.</summary>
/// <param name="Day">Days since 1970-01-01 UTC.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Group">The group's id; empty without grouping.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="Slice">The origin, month or variant, for the metrics that have one (<see cref="StatisticDelta.Slice"/>).</param>
/// <param name="Value">The sum.</param>
public readonly record struct StatisticRow(int Day, string Currency, string Group, StatisticMetric Metric, int? Slice, long Value);
