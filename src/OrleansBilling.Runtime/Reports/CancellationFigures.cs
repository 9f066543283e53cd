using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// Gains and losses of one period and one group. Subscribers, as <see cref="Population"/> defines them, are counted
/// separately from those who never became subscribers.
/// </summary>
public sealed class CancellationFigures
{
    /// <summary>The counters that the figures are computed from.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.Subscribers, StatisticMetric.New, StatisticMetric.Reactivated, StatisticMetric.Cancellations,
        StatisticMetric.CanceledLifetimeSeconds, StatisticMetric.CanceledCollected, StatisticMetric.CanceledPaidRecurrences,
        StatisticMetric.TrialsLost, StatisticMetric.NeverPaid, StatisticMetric.TermsCompleted,
    ];

    internal const double SecondsPerDay = 86_400;

    private readonly Int128[] byOrigin = new Int128[Enum.GetValues<CancellationOrigin>().Length];
    private readonly Dictionary<StatisticMetric, Int128> flows = [];
    private readonly SortedDictionary<string, CurrencyCancellations> byCurrency = new(StringComparer.Ordinal);
    private Int128 change;

    /// <summary>Subscribers when the period began.</summary>
    public Int128 CurrentAtStart { get; internal set; }

    /// <summary>Subscribers when the period ended.</summary>
    public Int128 Current => CurrentAtStart + change;

    /// <summary>First activations.</summary>
    public Int128 New => Flow(StatisticMetric.New);

    /// <summary>Former subscribers who came back.</summary>
    public Int128 Reactivated => Flow(StatisticMetric.Reactivated);

    /// <summary>Subscribers who were canceled.</summary>
    public Int128 Canceled => byOrigin.Sum();

    /// <summary>How many of the canceled left by their own decision.</summary>
    public Int128 Voluntary => By(CancellationOrigin.Customer);

    /// <summary>How many of the canceled were canceled by the seller or an administrator.</summary>
    public Int128 SellerInitiated => By(CancellationOrigin.Seller) + By(CancellationOrigin.Administrator);

    /// <summary>How many of the canceled were canceled by the system.</summary>
    public Int128 Involuntary => By(CancellationOrigin.System);

    /// <summary>Subscriptions canceled during their trial.</summary>
    public Int128 TrialsLost => Flow(StatisticMetric.TrialsLost);

    /// <summary>Subscriptions that ended before their first payment.</summary>
    public Int128 NeverPaid => Flow(StatisticMetric.NeverPaid);

    /// <summary>Subscriptions whose fixed term ran out.</summary>
    public Int128 Completed => Flow(StatisticMetric.TermsCompleted);

    /// <summary>Subscribers at any time in the period, the denominator of <see cref="RollingChurn"/>.</summary>
    public Int128 Ever => CurrentAtStart + New + Reactivated;

    /// <summary>The figures of each currency with a cancellation, by code.</summary>
    public IEnumerable<CurrencyCancellations> Currencies => byCurrency.Values.Where(sums => sums.Canceled > 0);

    /// <summary>
    /// The figures of the only currency with a cancellation. Null for none or several, because amounts of different
    /// currencies are never added.
    /// </summary>
    public CurrencyCancellations? OnlyCurrency => Currencies.ToList() is [var only] ? only : null;

    /// <summary>Canceled ÷ current; may exceed 1.</summary>
    public Ratio Rate => new(Canceled, Current);

    /// <summary>Canceled ÷ current at start; may exceed 1.</summary>
    public Ratio ChurnOfStart => new(Canceled, CurrentAtStart);

    /// <summary>Canceled ÷ ever.</summary>
    public Ratio RollingChurn => new(Canceled, Ever);

    /// <summary>Mean days from start to cancellation; null if nobody was canceled.</summary>
    public double? LifetimeDays => new Ratio(LifetimeSeconds, Canceled).Value / SecondsPerDay;

    /// <summary>Mean number of recurrences paid by canceled subscribers; null if nobody was canceled.</summary>
    public double? AveragePaidRecurrences => new Ratio(PaidRecurrences, Canceled).Value;

    /// <summary>Seconds from start to cancellation, summed over canceled subscribers.</summary>
    private Int128 LifetimeSeconds => byCurrency.Values.Sum(sums => sums.LifetimeSeconds);

    /// <summary>Recurrences paid, summed over canceled subscribers.</summary>
    private Int128 PaidRecurrences => byCurrency.Values.Sum(sums => sums.PaidRecurrences);

    /// <summary>Subscribers canceled by one origin.</summary>
    public Int128 By(CancellationOrigin origin) => byOrigin[(int)origin];

    /// <summary>Adds a counter of the period.</summary>
    public void Add(in StatisticRow row)
    {
        switch (row.Metric)
        {
            case StatisticMetric.Subscribers:
                change += row.Value;
                break;
            case StatisticMetric.Cancellations:
                byOrigin[row.Slice!.Value] += row.Value;
                SumsOf(row.Currency).Canceled += row.Value;
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
                flows[row.Metric] = Flow(row.Metric) + row.Value;
                break;
        }
    }

    private Int128 Flow(StatisticMetric metric) => flows.GetValueOrDefault(metric);

    private CurrencyCancellations SumsOf(string currency)
    {
        if (byCurrency.TryGetValue(currency, out var sums)) return sums;
        return byCurrency[currency] = new CurrencyCancellations(currency);
    }
}
