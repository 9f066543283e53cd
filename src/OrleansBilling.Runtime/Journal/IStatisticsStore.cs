using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;

namespace OrleansBilling.Runtime.Journal;

/// <summary>Reads the counters that commits wrote. They are exact at any time, because one read covers deltas and totals.</summary>
public interface IStatisticsStore
{
    /// <summary>
    /// Sums per step, currency, group, metric and slice, up to and including the range's last day. Everything before
    /// the first day comes as one row for the day before: the opening balance of gauges.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken);

    /// <summary>The same, per day.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, int fromDay, int toDay, StatisticsGrouping grouping, CancellationToken cancellationToken) =>
        ReadAsync(filter, new StatisticsRange(fromDay, toDay, StatisticsStep.Day), grouping, cancellationToken);

    /// <summary>Looks up the names of slices that are numbered by name. Numbers without a name are left out.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(IReadOnlyCollection<int> numbers, CancellationToken cancellationToken);
}

/// <summary>A range of days and its step; longer steps read less.</summary>
/// <param name="FromDay">The first day, as days since 1970-01-01 in the zone of each product.</param>
/// <param name="ToDay">The last day, inclusive. If it is the day before the first, only the opening balance is read.</param>
/// <param name="Step">What one row covers.</param>
public readonly record struct StatisticsRange(int FromDay, int ToDay, StatisticsStep Step);

/// <summary>What one row of statistics covers.</summary>
public enum StatisticsStep
{
    Day,

    /// <summary>The part of a calendar month that lies in the range; the row has the first day of that part.</summary>
    Month,

    /// <summary>The whole range; the row has its first day.</summary>
    Range,
}

/// <summary>The breakdown of statistics besides day and currency.</summary>
public enum StatisticsGrouping
{
    /// <summary>No breakdown; the group is empty.</summary>
    None,

    Product,

    Plan,

    Offer,
}

/// <summary>Which statistics to read; null matches everything.</summary>
public sealed record StatisticsFilter
{
    public string? SellerId { get; init; }

    public string? ProductId { get; init; }

    public string? PlanId { get; init; }

    public string? OfferId { get; init; }

    /// <summary>The metrics to read; empty for all.</summary>
    public ImmutableArray<StatisticMetric> Metrics { get; init; } = [];

    /// <summary>The lowest slice to read, for metrics that have slices; null for no limit.</summary>
    public int? SliceFrom { get; init; }

    /// <summary>The only name to read, for metrics that are counted by name; null for all.</summary>
    public string? Name { get; init; }

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
/// <param name="Metric">The metric.</param>
/// <param name="Slice">
/// The origin, month, variant or name number, for metrics that have slices (<see cref="StatisticDelta.Slice"/>).
/// </param>
/// <param name="Value">The sum; it may exceed 64 bits.</param>
public readonly record struct StatisticRow(int Day, string Currency, string Group, StatisticMetric Metric, int? Slice, Int128 Value);
