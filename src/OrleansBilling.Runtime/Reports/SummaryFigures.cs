using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Reports;

/// <summary>The business at a glance: gauges are summed from the beginning, flows within the period only.</summary>
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

    /// <summary>The days that flows are of, and at whose end gauges stand.</summary>
    public StatisticPeriod Period { get; }

    /// <summary>Monthly recurring revenue, net of the discounts in force.</summary>
    public IEnumerable<CurrencyAmount> RecurringRevenue => Amounts(recurring);

    /// <summary>The same at list price, without discounts.</summary>
    public IEnumerable<CurrencyAmount> ListRevenue => Amounts(list);

    /// <summary>Subscribers at the end.</summary>
    public Int128 Current => Gauge(StatisticMetric.Subscribers);

    /// <summary>First activations.</summary>
    public Int128 New => cancellations.New;

    /// <summary>Who came back.</summary>
    public Int128 Reactivated => cancellations.Reactivated;

    /// <summary>Subscribers who were canceled.</summary>
    public Int128 Canceled => cancellations.Canceled;

    /// <summary>Of these, by their own decision.</summary>
    public Int128 Voluntary => cancellations.Voluntary;

    /// <summary>Of these, by the seller or an administrator.</summary>
    public Int128 SellerInitiated => cancellations.SellerInitiated;

    /// <summary>Of these, by the system.</summary>
    public Int128 Involuntary => cancellations.Involuntary;

    /// <summary>Who left in a trial.</summary>
    public Int128 TrialsLost => cancellations.TrialsLost;

    /// <summary>First payments that never came.</summary>
    public Int128 NeverPaid => cancellations.NeverPaid;

    /// <summary>Fixed terms that ran out.</summary>
    public Int128 Completed => cancellations.Completed;

    /// <summary>Of the trials that ended, those that were followed by a period that was paid or given.</summary>
    public Ratio TrialConversion => new(Flow(StatisticMetric.TrialsConverted), Flow(StatisticMetric.TrialsEnded));

    /// <summary>Of the invoices, or parts of one, that fell overdue, those collected since.</summary>
    public Ratio Recovery => new(Flow(StatisticMetric.Recovered), Flow(StatisticMetric.Overdue));

    /// <summary>Of the periods that ended, those followed by a paid or given one.</summary>
    public Ratio Renewal => new(
        Flow(StatisticMetric.RenewalsPaid) + Flow(StatisticMetric.RenewalsGiven),
        Flow(StatisticMetric.RenewalsDue) + Flow(StatisticMetric.RenewalsGiven) + Flow(StatisticMetric.PeriodsLeft));

    /// <summary>Of the renewals that fell due and cost something, those paid since.</summary>
    public Ratio RenewalPayment => new(Flow(StatisticMetric.RenewalsPaid), Flow(StatisticMetric.RenewalsDue));

    /// <summary>Money that came in, tax included.</summary>
    public IEnumerable<CurrencyAmount> Collected => Amounts(collected);

    /// <summary>Money that went back, tax included.</summary>
    public IEnumerable<CurrencyAmount> Refunded => Amounts(refunded);

    /// <summary>Recurrences that were paid; one in parts with its last part.</summary>
    public Int128 PaidRecurrences => Flow(StatisticMetric.PaidRecurrences);

    /// <summary>Charges that customers' banks took back.</summary>
    public Int128 Chargebacks => Flow(StatisticMetric.Chargebacks);

    /// <summary>The money in them.</summary>
    public IEnumerable<CurrencyAmount> ChargedBack => Amounts(chargedBack);

    /// <summary>Reads them.</summary>
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

    /// <summary>Subscriptions in one status at the end, subscribers or not.</summary>
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
/// <param name="Amount">The amount.</param>
public readonly record struct CurrencyAmount(string Currency, Int128 Amount);
