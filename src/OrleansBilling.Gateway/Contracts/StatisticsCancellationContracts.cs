using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// Gains and losses within a range of days. All figures use one population: a subscriber is a subscription that has had a
/// paid or given period and has not ended (active, past due or paused). Losses that are not a subscriber's cancellation
/// have their own fields.
/// </summary>
internal record CancellationFiguresDocument
{
    [Description("First day, in each product's own time zone.")]
    public required LocalDate From { get; init; }

    [Description("Last day, inclusive.")]
    public required LocalDate To { get; init; }

    [Description("Subscribers who were canceled in the range; a scheduled cancellation counts when it takes effect.")]
    public required Int128 Canceled { get; init; }

    [Description("Subscribers at the end of the range; the denominator of rate.")]
    public required Int128 Current { get; init; }

    [Description("Subscribers when the range began; the denominator of churn_start.")]
    public required Int128 CurrentAtStart { get; init; }

    [Description("First activations: subscriptions that became a subscriber in the range for the first time.")]
    public required Int128 New { get; init; }

    [Description("Subscriptions that became a subscriber again in the range.")]
    public required Int128 Reactivated { get; init; }

    [Description("Subscriptions that were canceled in their trial. They never were subscribers and appear in no other figure here.")]
    public required Int128 TrialsLost { get; init; }

    [Description("Subscriptions that ended without a first payment. They never were subscribers and appear in no other figure here.")]
    public required Int128 NeverPaid { get; init; }

    [Description("Subscribers whose fixed number of recurrences ran out. They are not canceled.")]
    public required Int128 Completed { get; init; }

    [Description("canceled ÷ current; may exceed 1; null if current is 0.")]
    public required double? Rate { get; init; }

    [Description("canceled ÷ current_at_start; may exceed 1; null if current_at_start is 0.")]
    public required double? ChurnStart { get; init; }

    [Description("canceled ÷ churn_rolling_base; null if that is 0.")]
    public required double? ChurnRolling { get; init; }

    [Description("current_at_start + new + reactivated: everyone who was a subscriber at any time in the range.")]
    public required Int128 ChurnRollingBase { get; init; }

    [Description("Mean days from the start of service (including the trial) to the cancellation, of those canceled in the range.")]
    public required double? LtDays { get; init; }

    [Description(
        "Mean lifetime amount collected from those canceled in the range, in minor units, net of tax and of refunds. A later refund " +
        "changes it. Null if several currencies are involved: see by_currency.")]
    public required Int128? Ltv { get; init; }

    [Description("The currency of ltv.")]
    public required string? Currency { get; init; }

    [Description("Mean number of recurrences paid by those canceled in the range.")]
    public required double? AveragePaidRecurrences { get; init; }

    [Description("Of canceled, those decided by the customer (origin customer).")]
    public required Int128 Voluntary { get; init; }

    [Description("Of canceled, those decided by the seller or an administrator (origins seller, administrator).")]
    public required Int128 SellerInitiated { get; init; }

    [Description("Of canceled, those decided by the system, such as after failed payments (origin system).")]
    public required Int128 Involuntary { get; init; }

    [Description("The same means, by each currency with a cancellation.")]
    public required ImmutableArray<CurrencyCancellationsDocument> ByCurrency { get; init; }

    public static CancellationFiguresDocument Of(StatisticPeriod period, CancellationFigures figures) => new()
    {
        From = period.From,
        To = period.To,
        Canceled = figures.Canceled,
        Current = figures.Current,
        CurrentAtStart = figures.CurrentAtStart,
        New = figures.New,
        Reactivated = figures.Reactivated,
        TrialsLost = figures.TrialsLost,
        NeverPaid = figures.NeverPaid,
        Completed = figures.Completed,
        Rate = figures.Rate.Value,
        ChurnStart = figures.ChurnOfStart.Value,
        ChurnRolling = figures.RollingChurn.Value,
        ChurnRollingBase = figures.RollingChurn.Denominator,
        LtDays = figures.LifetimeDays,
        Ltv = figures.OnlyCurrency?.LifetimeValue,
        Currency = figures.OnlyCurrency?.Currency,
        AveragePaidRecurrences = figures.AveragePaidRecurrences,
        Voluntary = figures.Voluntary,
        SellerInitiated = figures.SellerInitiated,
        Involuntary = figures.Involuntary,
        ByCurrency = [.. figures.Currencies.Select(CurrencyCancellationsDocument.Of)],
    };
}

/// <summary>Cancellations of subscribers in one currency.</summary>
internal sealed record CurrencyCancellationsDocument(
    string Currency,
    [property: Description("Subscribers who were canceled.")] Int128 Canceled,
    [property: Description("Mean lifetime amount collected, in minor units, net of tax and of refunds.")] Int128 Ltv,
    [property: Description("Mean days from start to cancellation.")] double LtDays,
    [property: Description("Mean number of recurrences paid.")] double AveragePaidRecurrences)
{
    public static CurrencyCancellationsDocument Of(CurrencyCancellations sums) =>
        new(sums.Currency, sums.Canceled, sums.LifetimeValue, sums.LifetimeDays, sums.AveragePaidRecurrences);
}

/// <summary>One month's cancellations. If they are grouped, the id of the group is present.</summary>
internal sealed record MonthlyCancellationsDocument : CancellationFiguresDocument
{
    [SetsRequiredMembers]
    public MonthlyCancellationsDocument(CancellationFiguresDocument figures, string month)
        : base(figures) => Month = month;

    [Description("The calendar month, such as 2024-01. The first and the last cover only the days inside the range.")]
    public string Month { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProductId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlanId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OfferId { get; init; }

    public static MonthlyCancellationsDocument Of(PeriodCancellations month, StatisticsGroup? group) =>
        new(Of(month.Period, month.Figures), month.Period.Month)
        {
            ProductId = group == StatisticsGroup.Product ? month.Group : null,
            PlanId = group == StatisticsGroup.Plan ? month.Group : null,
            OfferId = group == StatisticsGroup.Offer ? month.Group : null,
        };
}

/// <summary>Cancellations by month, oldest first.</summary>
internal sealed record MonthlyCancellationsList(ImmutableArray<MonthlyCancellationsDocument> Data);
