using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>A summary of the business. Gauges are summed from the beginning, flows only within the period.</summary>
public sealed class SummaryFigures
{
    private static readonly ImmutableArray<StatisticMetric> Metrics =
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

    private SummaryFigures(StatisticPeriod period) => Period = period;

    /// <summary>The period of the flows. Gauges are as of its end.</summary>
    public StatisticPeriod Period { get; }

    /// <summary>Monthly recurring revenue, net of the discounts in force.</summary>
    public IEnumerable<CurrencyAmount> RecurringRevenue => Amounts(recurring);

    /// <summary>Monthly recurring revenue at list price, without discounts.</summary>
    public IEnumerable<CurrencyAmount> ListRevenue => Amounts(list);

    /// <summary>Subscribers at the end of the period.</summary>
    public Int128 Current => Gauge(StatisticMetric.Subscribers);

    /// <summary>First activations.</summary>
    public Int128 New => cancellations.New;

    /// <summary>Former subscribers who came back.</summary>
    public Int128 Reactivated => cancellations.Reactivated;

    /// <summary>Subscribers who were canceled.</summary>
    public Int128 Canceled => cancellations.Canceled;

    /// <summary>How many of the canceled left by their own decision.</summary>
    public Int128 Voluntary => cancellations.Voluntary;

    /// <summary>How many of the canceled were canceled by the seller or an administrator.</summary>
    public Int128 SellerInitiated => cancellations.SellerInitiated;

    /// <summary>How many of the canceled were canceled by the system.</summary>
    public Int128 Involuntary => cancellations.Involuntary;

    /// <summary>Subscriptions canceled during their trial.</summary>
    public Int128 TrialsLost => cancellations.TrialsLost;

    /// <summary>Subscriptions that ended before their first payment.</summary>
    public Int128 NeverPaid => cancellations.NeverPaid;

    /// <summary>Subscriptions whose fixed term ran out.</summary>
    public Int128 Completed => cancellations.Completed;

    /// <summary>The share of ended trials that were followed by a paid or given period.</summary>
    public Ratio TrialConversion => new(Flow(StatisticMetric.TrialsConverted), Flow(StatisticMetric.TrialsEnded));

    /// <summary>The share of overdue invoices, or parts of them, that have been collected.</summary>
    public Ratio Recovery => new(Flow(StatisticMetric.Recovered), Flow(StatisticMetric.Overdue));

    /// <summary>The share of ended periods that were followed by a paid or given one.</summary>
    public Ratio Renewal => new(
        Flow(StatisticMetric.RenewalsPaid) + Flow(StatisticMetric.RenewalsGiven),
        Flow(StatisticMetric.RenewalsDue) + Flow(StatisticMetric.RenewalsGiven) + Flow(StatisticMetric.PeriodsLeft));

    /// <summary>The share of due renewals with a price above 0 that have been paid.</summary>
    public Ratio RenewalPayment => new(Flow(StatisticMetric.RenewalsPaid), Flow(StatisticMetric.RenewalsDue));

    /// <summary>Money collected, tax included.</summary>
    public IEnumerable<CurrencyAmount> Collected => Amounts(collected);

    /// <summary>Money refunded, tax included.</summary>
    public IEnumerable<CurrencyAmount> Refunded => Amounts(refunded);

    /// <summary>Paid recurrences. One paid in installments counts when its last part is paid.</summary>
    public Int128 PaidRecurrences => Flow(StatisticMetric.PaidRecurrences);

    /// <summary>Charges that customers' banks took back.</summary>
    public Int128 Chargebacks => Flow(StatisticMetric.Chargebacks);

    /// <summary>The amounts of those chargebacks.</summary>
    public IEnumerable<CurrencyAmount> ChargedBack => Amounts(chargedBack);

    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="StatisticsRebuildingException">Counters are being recounted.</exception>
    public static async ValueTask<SummaryFigures> ReadAsync(
        IStatisticsStore statistics, StatisticsFilter filter, StatisticPeriod period, CancellationToken cancellationToken)
    {
        var figures = new SummaryFigures(period);
        foreach (var row in await statistics.ReadAsync(filter, Metrics, period, StatisticsStep.Range, cancellationToken))
            figures.Add(row, row.Day >= period.FromDay);
        return figures;
    }

    /// <summary>Subscriptions with a status at the end of the period, whether or not they count as subscribers.</summary>
    public Int128 In(SubscriptionStatus status) => Gauge(StatisticRules.GaugeOf(status));

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

    private Int128 Gauge(StatisticMetric metric) => gauges.GetValueOrDefault(metric);

    private Int128 Flow(StatisticMetric metric) => flows.GetValueOrDefault(metric);

    private static IEnumerable<CurrencyAmount> Amounts(SortedDictionary<string, Int128> sums) =>
        sums.Where(pair => pair.Value != 0).Select(pair => new CurrencyAmount(pair.Key, pair.Value));

    private static void Raise<TKey>(IDictionary<TKey, Int128> sums, TKey key, Int128 value)
        where TKey : notnull => sums[key] = sums.TryGetValue(key, out var sum) ? sum + value : value;
}

/// <summary>An amount in minor units.</summary>
/// <param name="Currency">ISO 4217 code.</param>
public readonly record struct CurrencyAmount(string Currency, Int128 Amount);
