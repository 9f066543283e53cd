using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>Counters whose slices are the numbers of names, together with the names.</summary>
public sealed class NamedCounters
{
    public const int RowsMax = 50_000;

    private readonly IReadOnlyDictionary<int, string> names;

    private NamedCounters(IReadOnlyList<StatisticRow> rows, IReadOnlyDictionary<int, string> names)
    {
        Rows = rows;
        this.names = names;
    }

    internal IReadOnlyList<StatisticRow> Rows { get; }

    /// <summary>Null if there are more than <see cref="RowsMax"/> counters.</summary>
    internal static async ValueTask<NamedCounters?> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, ImmutableArray<StatisticMetric> metrics, StatisticPeriod period,
        StatisticsStep step, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(filter, metrics, period, step, cancellationToken);
        if (rows.Count > RowsMax) return null;
        var numbers = rows.Select(row => row.Slice!.Value).Distinct().ToArray();
        return new NamedCounters(rows, await statistics.FindNamesAsync(numbers, cancellationToken));
    }

    /// <summary>The name of the row's slice. A number without a name counts as <see cref="ReasonNames.Other"/>.</summary>
    internal string NameOf(in StatisticRow row) => names.GetValueOrDefault(row.Slice!.Value, ReasonNames.Other);
}
