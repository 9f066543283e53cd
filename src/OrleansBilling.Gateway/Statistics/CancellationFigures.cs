using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>Counters of one period and one group, summed up from rows.</summary>
internal sealed class CancellationFigures
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.Active, StatisticMetric.PastDue, StatisticMetric.New, StatisticMetric.Cancellations,
        StatisticMetric.CanceledLifetimeSeconds, StatisticMetric.CanceledCollected, StatisticMetric.CanceledPaidRecurrences,
    ];

    private readonly Int128[] byOrigin = new Int128[Enum.GetValues<CancellationOrigin>().Length];
    private readonly SortedDictionary<string, CurrencySums> byCurrency = new(StringComparer.Ordinal);

    /// <summary>Active and past due when the period began.</summary>
    public Int128 CurrentAtStart { get; set; }

    /// <summary>Active and past due when it ended.</summary>
    public Int128 Current => CurrentAtStart + CurrentChange;

    public Int128 New { get; private set; }

    public Int128 Cancelled => byOrigin.Sum();

    public Int128 Involuntary => By(CancellationOrigin.System);

    public Int128 Voluntary => Cancelled - Involuntary;

    /// <summary>The currencies in which something was cancelled, by code.</summary>
    public IEnumerable<KeyValuePair<string, CurrencySums>> Currencies => byCurrency.Where(pair => pair.Value.Cancelled > 0);

    public Int128 LifetimeSeconds => byCurrency.Values.Sum(sums => sums.LifetimeSeconds);

    public Int128 PaidRecurrences => byCurrency.Values.Sum(sums => sums.PaidRecurrences);

    private Int128 CurrentChange { get; set; }

    public Int128 By(CancellationOrigin origin) => byOrigin[(int)origin];

    public void Add(in StatisticRow row)
    {
        switch (row.Metric)
        {
            case StatisticMetric.Active:
            case StatisticMetric.PastDue:
                CurrentChange += row.Value;
                break;
            case StatisticMetric.New:
                New += row.Value;
                break;
            case StatisticMetric.Cancellations:
                byOrigin[row.Slice!.Value] += row.Value;
                SumsOf(row.Currency).Cancelled += row.Value;
                break;
            case StatisticMetric.CanceledLifetimeSeconds:
                SumsOf(row.Currency).LifetimeSeconds += row.Value;
                break;
            case StatisticMetric.CanceledCollected:
                SumsOf(row.Currency).Collected += row.Value;
                break;
            case StatisticMetric.CanceledPaidRecurrences:
                SumsOf(row.Currency).PaidRecurrences += row.Value;
                break;
            default:
                break;
        }
    }

    private CurrencySums SumsOf(string currency)
    {
        if (byCurrency.TryGetValue(currency, out var sums)) return sums;
        return byCurrency[currency] = new CurrencySums();
    }
}

/// <summary>What those who cancelled had come to, in one currency.</summary>
internal sealed class CurrencySums
{
    public Int128 Cancelled { get; set; }

    public Int128 LifetimeSeconds { get; set; }

    /// <summary>Net minor units.</summary>
    public Int128 Collected { get; set; }

    public Int128 PaidRecurrences { get; set; }
}
