using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/simulations. Percentages may have three decimals.</summary>
internal sealed record SimulationBody
{
    public required int Months { get; init; }

    public required SimulationChangesBody Changes { get; init; }

    public long? Seed { get; init; }

    public string? SellerId { get; init; }

    public string? ProductId { get; init; }

    public string? PlanId { get; init; }

    public string? OfferId { get; init; }

    public decimal? PaymentSuccessPercent { get; init; }

    public decimal? RetrySuccessPercent { get; init; }

    public decimal? MonthlyChurnPercent { get; init; }

    public ChurnResponseBody? ChurnResponse { get; init; }

    public int? SubscriptionsMax { get; init; }
}

/// <summary>The changes in the second run: prices, dunning, or both.</summary>
internal sealed record SimulationChangesBody
{
    public IReadOnlyList<OfferChangeBody>? Offers { get; init; }

    /// <summary>Omitted fields stay as in each plan's or product's policy.</summary>
    public DunningBody? Dunning { get; init; }

    public PriceScope? ApplyTo { get; init; }
}

/// <summary>A different price for all versions of an offer: exactly one of the two.</summary>
internal sealed record OfferChangeBody
{
    public required string OfferId { get; init; }

    public long? Amount { get; init; }

    public decimal? PercentChange { get; init; }
}

/// <summary>By how many percent churn grows, relative to itself, for each percent of price increase.</summary>
internal sealed record ChurnResponseBody
{
    public required decimal PerPricePercent { get; init; }
}

/// <summary>A simulation: the request and its progress.</summary>
internal record SimulationDocument
{
    public required string Id { get; init; }

    public required SimulationStatus Status { get; init; }

    public required SimulationProgressDocument Progress { get; init; }

    public required SimulationErrorDocument? Error { get; init; }

    public required long Seed { get; init; }

    public required Instant From { get; init; }

    public required int Months { get; init; }

    public required SimulationScopeDocument Scope { get; init; }

    public required SimulationChangesDocument Changes { get; init; }

    public required SimulationAssumptionsDocument Assumptions { get; init; }
}

/// <summary>A simulation with its result, which is null until it is done.</summary>
internal sealed record AnsweredSimulationDocument : SimulationDocument
{
    [JsonPropertyOrder(1)]
    public required SimulationResultDocument? Result { get; init; }
}

/// <summary>The simulations that the caller may see, newest first.</summary>
internal sealed record SimulationList(ImmutableArray<SimulationDocument> Data);

internal sealed record SimulationProgressDocument(long SubscriptionsDone, long SubscriptionsTotal, int Months);

internal sealed record SimulationErrorDocument(string Code, string Detail);

/// <summary>The subscriptions in the simulation. Null fields do not restrict it.</summary>
internal sealed record SimulationScopeDocument(string? SellerId, string? ProductId, string? PlanId, string? OfferId);

/// <summary>The changes in the second run.</summary>
internal sealed record SimulationChangesDocument(
    ImmutableArray<OfferChangeDocument> Offers, DunningChangeDocument? Dunning, PriceScope ApplyTo);

/// <summary>A different price for an offer. One of the two is null.</summary>
internal sealed record OfferChangeDocument(string OfferId, long? Amount, decimal? PercentChange);

/// <summary>The changes to every dunning policy. Null fields do not change.</summary>
internal sealed record DunningChangeDocument(
    int? MaxRetries, int? WindowDays, ImmutableArray<int>? ScheduleDays, bool? MoveBillingDate, ExhaustedAction? OnExhausted);

/// <summary>The assumptions of both runs. Churn was derived from <c>churn_history</c>, which is null if churn was given.</summary>
internal sealed record SimulationAssumptionsDocument(
    decimal PaymentSuccessPercent,
    decimal RetrySuccessPercent,
    decimal MonthlyChurnPercent,
    ChurnHistoryDocument? ChurnHistory,
    ChurnResponseDocument ChurnResponse,
    int SubscriptionsMax);

/// <summary>
/// Recent churn, computed as in the forecast. A simulation ignores involuntary churn here, because it fails those payments itself.
/// </summary>
internal sealed record ChurnHistoryDocument(
    LocalDate From, LocalDate To, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated);

/// <summary>By how many percent churn grows, relative to itself, for each percent of price increase.</summary>
internal sealed record ChurnResponseDocument(decimal PerPricePercent);
