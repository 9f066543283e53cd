using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Journal;

/// <summary>Reads the counters that commits wrote; exact at every instant, because deltas and totals are read as one.</summary>
public interface IStatisticsStore
{
    /// <summary>
    /// Sums per step, currency, group, metric and slice up to and including the range's last day. Everything before its
    /// first day comes as one row of the day before: the opening balance of gauges.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken);

    /// <summary>The same day by day.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, int fromDay, int toDay, StatisticsGrouping grouping, CancellationToken cancellationToken) =>
        ReadAsync(filter, new StatisticsRange(fromDay, toDay, StatisticsStep.Day), grouping, cancellationToken);

    /// <summary>The names whose numbers are the slices of what is counted by name; a number that is none is left out.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(IReadOnlyCollection<int> numbers, CancellationToken cancellationToken);
}

/// <summary>Which days, in which steps; the longer the steps, the less there is to read.</summary>
/// <param name="FromDay">The first day, as days since 1970-01-01 in the zone of each product.</param>
/// <param name="ToDay">The last day, included; the day before the first asks for the opening balance only.</param>
/// <param name="Step">What one row sums up.</param>
public readonly record struct StatisticsRange(int FromDay, int ToDay, StatisticsStep Step);

/// <summary>What one row of statistics sums up.</summary>
public enum StatisticsStep
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>What belongs to the range of a calendar month; the row bears the first day of that.</summary>
    Month,

    /// <summary>The whole range; the row bears its first day.</summary>
    Range,
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

    /// <summary>Only slices from this on, for counters that have one; null for every counter.</summary>
    public int? SliceFrom { get; init; }

    /// <summary>The statistics of those subscriptions, whatever their status and customer.</summary>
    public static StatisticsFilter Of(DirectoryFilter scope) => new()
    {
        SellerId = scope.SellerId, ProductId = scope.ProductId, PlanId = scope.PlanId, OfferId = scope.OfferId,
    };
}

/// <summary>A sum of deltas.</summary>
/// <param name="Day">The first day of the step, as days since 1970-01-01.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Group">The group's id; empty without grouping.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="Slice">The origin, month, variant or number of a name, for the metrics that have one
/// (<see cref="StatisticDelta.Slice"/>).</param>
/// <param name="Value">The sum, which 64 bits may not hold.</param>
public readonly record struct StatisticRow(int Day, string Currency, string Group, StatisticMetric Metric, int? Slice, Int128 Value);
