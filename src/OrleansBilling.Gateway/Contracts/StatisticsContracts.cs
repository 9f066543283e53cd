using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// Subscribers gained and lost within a range of days. A subscriber is a subscription that has had a paid or given period and has not
/// ended (active, past due or paused). Endings that do not cancel a subscriber have figures of their own.
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
        "Mean lifetime amount collected from those canceled in the range, in minor units, net of tax and of refunds; a later refund restates it. Null if several currencies are involved: see by_currency.")]
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
}

/// <summary>Cancellations of subscribers in one currency.</summary>
internal sealed record CurrencyCancellationsDocument(
    string Currency,
    [property: Description("Subscribers who were canceled.")] Int128 Canceled,
    [property: Description("Mean lifetime amount collected, in minor units, net of tax and of refunds.")] Int128 Ltv,
    [property: Description("Mean days from start to cancellation.")] double LtDays,
    [property: Description("Mean number of recurrences paid.")] double AveragePaidRecurrences);

/// <summary>One month's cancellations. If they are grouped, exactly one of the three ids is present.</summary>
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
}

/// <summary>Cancellations by month, oldest first.</summary>
internal sealed record MonthlyCancellationsList(ImmutableArray<MonthlyCancellationsDocument> Data);

/// <summary>One month's cancellations of subscribers by who canceled. System means involuntary.</summary>
internal sealed record OriginsDocument(
    string Month, Int128 Customer, Int128 Administrator, Int128 Seller, Int128 System,
    [property: Description("The sum of the four.")] Int128 Canceled);

/// <summary>Cancellations by month and origin, oldest first.</summary>
internal sealed record OriginsList(ImmutableArray<OriginsDocument> Data);

/// <summary>One day: new subscribers, lost ones by who decided, and the number of subscribers at its end.</summary>
internal sealed record DailyDocument(
    LocalDate Day,
    [property: Description("First activations.")] Int128 New,
    [property: Description("Subscriptions that became a subscriber again.")] Int128 Reactivated,
    [property: Description("Subscribers who were canceled; the sum of the four origins.")] Int128 Canceled,
    Int128 Customer,
    Int128 Administrator,
    Int128 Seller,
    Int128 System,
    [property: Description("Fixed terms that ran out.")] Int128 Completed,
    [property: Description("Subscriptions that were canceled in their trial.")] Int128 TrialsLost,
    [property: Description("Subscriptions that ended without a first payment.")] Int128 NeverPaid,
    [property: Description("Subscribers at the end of the day.")] Int128 Current,
    [property: Description("canceled ÷ current; null if current is 0.")] double? Rate);

/// <summary>Days, oldest first.</summary>
internal sealed record DailyList(ImmutableArray<DailyDocument> Data);

/// <summary>An amount in minor units.</summary>
internal sealed record MoneyDocument(string Currency, Int128 Amount);

/// <summary>
/// A ratio and its parts. Both parts count on the denominator's day, so the ratio never exceeds 1. It is null if the denominator is 0.
/// </summary>
internal sealed record RatioDocument(double? Rate, Int128 Numerator, Int128 Denominator);

/// <summary>How monthly figures may be grouped.</summary>
internal enum StatisticsGroup
{
    Product,
    Plan,
    Offer,
}
