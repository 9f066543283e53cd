using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Statistics;

/// <summary>The business at a glance: gauges are summed from the beginning, flows within the period only.</summary>
internal sealed class SummaryFigures
{
    /// <summary>The counters that it is made of.</summary>
    public static readonly ImmutableArray<StatisticMetric> Metrics =
    [
        StatisticMetric.Pending, StatisticMetric.Trialing, StatisticMetric.Active, StatisticMetric.PastDue,
        StatisticMetric.Paused, StatisticMetric.Canceled, StatisticMetric.Expired, StatisticMetric.Completed,
        StatisticMetric.Subscribers, StatisticMetric.New, StatisticMetric.Reactivated, StatisticMetric.Cancellations,
        StatisticMetric.TrialsLost, StatisticMetric.NeverPaid, StatisticMetric.TermsCompleted,
        StatisticMetric.MonthlyRecurringRevenue, StatisticMetric.MonthlyDiscounts,
        StatisticMetric.TrialsEnded, StatisticMetric.TrialsConverted, StatisticMetric.Overdue, StatisticMetric.Recovered,
        StatisticMetric.RenewalsDue, StatisticMetric.RenewalsPaid, StatisticMetric.RenewalsGiven, StatisticMetric.PeriodsLeft,
        StatisticMetric.Collected, StatisticMetric.Refunded, StatisticMetric.PaidRecurrences, StatisticMetric.Chargebacks,
        StatisticMetric.ChargedBack,
    ];

    private readonly Dictionary<StatisticMetric, Int128> gauges = [];
    private readonly Dictionary<StatisticMetric, Int128> flows = [];
    private readonly SortedDictionary<string, Int128> recurring = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> list = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> collected = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> refunded = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Int128> chargedBack = new(StringComparer.Ordinal);
    private readonly CancellationFigures cancellations = new();

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
        if (row.Metric is StatisticMetric.MonthlyRecurringRevenue or StatisticMetric.MonthlyDiscounts) Raise(list, row.Currency, row.Value);
        if (!within) return;
        cancellations.Add(row);
        Raise(flows, row.Metric, row.Value);
        if (row.Metric == StatisticMetric.Collected) Raise(collected, row.Currency, row.Value);
        if (row.Metric == StatisticMetric.Refunded) Raise(refunded, row.Currency, row.Value);
        if (row.Metric == StatisticMetric.ChargedBack) Raise(chargedBack, row.Currency, row.Value);
    }

    private SummaryDocument Show(StatisticPeriod period) => new()
    {
        From = period.From,
        To = period.To,
        Mrr = Amounts(recurring),
        MrrList = Amounts(list),
        Counts = new StatusCountsDocument(
            Gauge(StatisticMetric.Pending), Gauge(StatisticMetric.Trialing), Gauge(StatisticMetric.Active), Gauge(StatisticMetric.PastDue),
            Gauge(StatisticMetric.Paused), Gauge(StatisticMetric.Canceled), Gauge(StatisticMetric.Expired),
            Gauge(StatisticMetric.Completed)),
        Current = Gauge(StatisticMetric.Subscribers),
        New = cancellations.New,
        Reactivated = cancellations.Reactivated,
        Canceled = cancellations.Canceled,
        Voluntary = cancellations.Voluntary,
        SellerInitiated = cancellations.SellerInitiated,
        Involuntary = cancellations.Involuntary,
        TrialsLost = cancellations.TrialsLost,
        NeverPaid = cancellations.NeverPaid,
        Completed = cancellations.Completed,
        TrialConversion = Ratio(Flow(StatisticMetric.TrialsConverted), Flow(StatisticMetric.TrialsEnded)),
        RecoveryRate = Ratio(Flow(StatisticMetric.Recovered), Flow(StatisticMetric.Overdue)),
        RenewalRate = Ratio(
            Flow(StatisticMetric.RenewalsPaid) + Flow(StatisticMetric.RenewalsGiven),
            Flow(StatisticMetric.RenewalsDue) + Flow(StatisticMetric.RenewalsGiven) + Flow(StatisticMetric.PeriodsLeft)),
        RenewalPaymentRate = Ratio(Flow(StatisticMetric.RenewalsPaid), Flow(StatisticMetric.RenewalsDue)),
        Collected = Amounts(collected),
        Refunded = Amounts(refunded),
        PaidRecurrences = Flow(StatisticMetric.PaidRecurrences),
        Chargebacks = Flow(StatisticMetric.Chargebacks),
        ChargedBack = Amounts(chargedBack),
    };

    private static RatioDocument Ratio(Int128 numerator, Int128 denominator) =>
        new(CancellationDocuments.Ratio(numerator, denominator), numerator, denominator);

    private Int128 Gauge(StatisticMetric metric) => gauges.GetValueOrDefault(metric);

    private Int128 Flow(StatisticMetric metric) => flows.GetValueOrDefault(metric);

    private static ImmutableArray<MoneyDocument> Amounts(SortedDictionary<string, Int128> sums) =>
        [.. sums.Where(pair => pair.Value != 0).Select(pair => new MoneyDocument(pair.Key, pair.Value))];

    private static void Raise<TKey>(IDictionary<TKey, Int128> sums, TKey key, Int128 value)
        where TKey : notnull => sums[key] = sums.TryGetValue(key, out var sum) ? sum + value : value;
}
