using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>The business at a glance: gauges are summed from the beginning, flows within the period only.</summary>
internal sealed class SummaryFigures
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue,
        StatisticMetric.Paused, StatisticMetric.Canceled, StatisticMetric.Expired, StatisticMetric.Completed,
        StatisticMetric.New, StatisticMetric.Cancellations, StatisticMetric.MonthlyRecurringRevenue,
        StatisticMetric.TrialsEnded, StatisticMetric.TrialsConverted, StatisticMetric.Overdue, StatisticMetric.Recovered,
        StatisticMetric.RenewalsDue, StatisticMetric.RenewalsPaid,
        StatisticMetric.Collected, StatisticMetric.Refunded, StatisticMetric.Chargebacks, StatisticMetric.ChargedBack,
    ];

    private readonly Dictionary<StatisticMetric, Int128> gauges = [];
    private readonly Dictionary<StatisticMetric, Int128> flows = [];
    private readonly SortedDictionary<string, Int128> recurring = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> collected = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> refunded = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> chargedBack = new(StringComparer.Ordinal);
    private Int128 involuntary;

    public static SummaryDocument Sum(IEnumerable<StatisticRow> rows, StatisticPeriod period)
    {
        var figures = new SummaryFigures();
        foreach (var row in rows) figures.Add(row, row.Day >= period.FromDay);
        return figures.Show(period);
    }

    private void Add(in StatisticRow row, bool within)
    {
        Raise(gauges, row.Metric, row.Value);
        if (row.Metric == StatisticMetric.MonthlyRecurringRevenue) Raise(recurring, row.Currency, row.Value);
        if (!within) return;
        Raise(flows, row.Metric, row.Value);
        if (row.Metric == StatisticMetric.Collected) Raise(collected, row.Currency, row.Value);
        if (row.Metric == StatisticMetric.Refunded) Raise(refunded, row.Currency, row.Value);
        if (row.Metric == StatisticMetric.ChargedBack) Raise(chargedBack, row.Currency, row.Value);
        if (row is { Metric: StatisticMetric.Cancellations, Slice: (int)CancellationOrigin.System }) involuntary += row.Value;
    }

    private SummaryDocument Show(StatisticPeriod period) => new()
    {
        From = period.From,
        To = period.To,
        Mrr = Amounts(recurring),
        Counts = new StatusCountsDocument(
            Gauge(StatisticMetric.Pending), Gauge(StatisticMetric.Trialing), Gauge(StatisticMetric.Active), Gauge(StatisticMetric.PastDue),
            Gauge(StatisticMetric.Paused), Gauge(StatisticMetric.Canceled), Gauge(StatisticMetric.Expired), Gauge(StatisticMetric.Completed)),
        New = Flow(StatisticMetric.New),
        Cancelled = Flow(StatisticMetric.Cancellations),
        Voluntary = Flow(StatisticMetric.Cancellations) - involuntary,
        Involuntary = involuntary,
        TrialConversion = Ratio(StatisticMetric.TrialsConverted, StatisticMetric.TrialsEnded),
        RecoveryRate = Ratio(StatisticMetric.Recovered, StatisticMetric.Overdue),
        RenewalRate = Ratio(StatisticMetric.RenewalsPaid, StatisticMetric.RenewalsDue),
        Collected = Amounts(collected),
        Refunded = Amounts(refunded),
        Chargebacks = Flow(StatisticMetric.Chargebacks),
        ChargedBack = Amounts(chargedBack),
    };

    private RatioDocument Ratio(StatisticMetric numerator, StatisticMetric denominator) =>
        new(CancellationDocuments.Ratio(Flow(numerator), Flow(denominator)), Flow(numerator), Flow(denominator));

    private Int128 Gauge(StatisticMetric metric) => gauges.GetValueOrDefault(metric);

    private Int128 Flow(StatisticMetric metric) => flows.GetValueOrDefault(metric);

    private static ImmutableArray<MoneyDocument> Amounts(SortedDictionary<string, Int128> sums) =>
        [.. sums.Where(pair => pair.Value != 0).Select(pair => new MoneyDocument(pair.Key, pair.Value))];

    private static void Raise<TKey>(IDictionary<TKey, Int128> sums, TKey key, Int128 value)
        where TKey : notnull => sums[key] = sums.TryGetValue(key, out var sum) ? sum + value : value;
}
