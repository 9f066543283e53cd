using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// Cancellations within a range of days. Rates are ratios, null where the denominator is 0:
/// <c>rate</c> is cancelled ÷ current, <c>churn_start</c> cancelled ÷ current_at_start, <c>churn_rolling</c> cancelled ÷
/// (current_at_start + new). <c>ltv</c> is in minor units, and plain only where one currency is concerned.
/// </summary>
internal record CancellationFiguresDocument
{
    public required LocalDate From { get; init; }

    public required LocalDate To { get; init; }

    public required Int128 Cancelled { get; init; }

    public required Int128 Current { get; init; }

    public required Int128 CurrentAtStart { get; init; }

    public required Int128 New { get; init; }

    public required double? Rate { get; init; }

    public required double? ChurnStart { get; init; }

    public required double? ChurnRolling { get; init; }

    public required double? LtDays { get; init; }

    public required Int128? Ltv { get; init; }

    public required string? Currency { get; init; }

    public required double? AveragePaidRecurrences { get; init; }

    public required Int128 Voluntary { get; init; }

    public required Int128 Involuntary { get; init; }

    public required ImmutableArray<CurrencyCancellationsDocument> ByCurrency { get; init; }
}

/// <summary>Cancellations of subscriptions in one currency.</summary>
internal sealed record CurrencyCancellationsDocument(string Currency, Int128 Cancelled, Int128 Ltv, double LtDays, double AveragePaidRecurrences);

/// <summary>One month's cancellations; one of the three ids is there when they are grouped by it.</summary>
internal sealed record MonthlyCancellationsDocument : CancellationFiguresDocument
{
    [SetsRequiredMembers]
    public MonthlyCancellationsDocument(CancellationFiguresDocument figures, string month)
        : base(figures) => Month = month;

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

/// <summary>One month's cancellations by who cancelled.</summary>
internal sealed record OriginsDocument(string Month, Int128 Customer, Int128 Administrator, Int128 Seller, Int128 System, Int128 Cancelled);

/// <summary>Cancellations by month and origin, oldest first.</summary>
internal sealed record OriginsList(ImmutableArray<OriginsDocument> Data);

/// <summary>One day: who came, who left by whose decision, and who is there at its end.</summary>
internal sealed record DailyDocument(
    LocalDate Day, Int128 New, Int128 Cancelled, Int128 Customer, Int128 Administrator, Int128 Seller, Int128 System, Int128 Current, double? Rate);

/// <summary>Days, oldest first.</summary>
internal sealed record DailyList(ImmutableArray<DailyDocument> Data);

/// <summary>An amount in minor units.</summary>
internal sealed record MoneyDocument(string Currency, Int128 Amount);

/// <summary>A ratio with what it is made of; null where the denominator is 0.</summary>
internal sealed record RatioDocument(double? Rate, Int128 Numerator, Int128 Denominator);

/// <summary>How many subscriptions are in each status.</summary>
internal sealed record StatusCountsDocument(
    Int128 Pending, Int128 Trialing, Int128 Active, Int128 PastDue, Int128 Paused, Int128 Canceled, Int128 Expired, Int128 Completed);

/// <summary>The business at a glance: gauges at the end of the range, flows within it.</summary>
internal sealed record SummaryDocument
{
    public required LocalDate From { get; init; }

    public required LocalDate To { get; init; }

    public required ImmutableArray<MoneyDocument> Mrr { get; init; }

    public required StatusCountsDocument Counts { get; init; }

    public required Int128 New { get; init; }

    public required Int128 Cancelled { get; init; }

    public required Int128 Voluntary { get; init; }

    public required Int128 Involuntary { get; init; }

    public required RatioDocument TrialConversion { get; init; }

    public required RatioDocument RecoveryRate { get; init; }

    public required RatioDocument RenewalRate { get; init; }

    public required ImmutableArray<MoneyDocument> Collected { get; init; }

    public required ImmutableArray<MoneyDocument> Refunded { get; init; }

    public required Int128 Chargebacks { get; init; }

    public required ImmutableArray<MoneyDocument> ChargedBack { get; init; }
}

/// <summary>By what monthly figures may be broken down.</summary>
internal enum StatisticsGroup
{
    Product,
    Plan,
    Offer,
}
