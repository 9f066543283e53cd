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

/// <summary>What the second run changes: prices, dunning, or both.</summary>
internal sealed record SimulationChangesBody
{
    public IReadOnlyList<OfferChangeBody>? Offers { get; init; }

    /// <summary>What is left out stays as each plan's or product's policy says.</summary>
    public DunningBody? Dunning { get; init; }

    public PriceScope? ApplyTo { get; init; }
}

/// <summary>Another price of all versions of an offer: one of the two.</summary>
internal sealed record OfferChangeBody
{
    public required string OfferId { get; init; }

    public long? Amount { get; init; }

    public decimal? PercentChange { get; init; }
}

/// <summary>By how many percent of itself churn grows for each percent that a price rose.</summary>
internal sealed record ChurnResponseBody
{
    public required decimal PerPricePercent { get; init; }
}

/// <summary>A simulation: what was asked, and how far it is.</summary>
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

/// <summary>A simulation with its answer; null until it is done.</summary>
internal sealed record AnsweredSimulationDocument : SimulationDocument
{
    [JsonPropertyOrder(1)]
    public required SimulationResultDocument? Result { get; init; }
}

/// <summary>The simulations that the caller may see, newest first.</summary>
internal sealed record SimulationList(ImmutableArray<SimulationDocument> Data);

/// <summary>How far a simulation is.</summary>
internal sealed record SimulationProgressDocument(long SubscriptionsDone, long SubscriptionsTotal, int Months);

/// <summary>Why a simulation failed.</summary>
internal sealed record SimulationErrorDocument(string Code, string Detail);

/// <summary>Whose subscriptions are run; null for all.</summary>
internal sealed record SimulationScopeDocument(string? SellerId, string? ProductId, string? PlanId, string? OfferId);

/// <summary>What the second run changes.</summary>
internal sealed record SimulationChangesDocument(
    ImmutableArray<OfferChangeDocument> Offers, DunningChangeDocument? Dunning, PriceScope ApplyTo);

/// <summary>Another price of an offer; one of the two is null.</summary>
internal sealed record OfferChangeDocument(string OfferId, long? Amount, decimal? PercentChange);

/// <summary>What is changed of every dunning policy; null for what stays.</summary>
internal sealed record DunningChangeDocument(
    int? MaxRetries, int? WindowDays, ImmutableArray<int>? ScheduleDays, bool? MoveBillingDate, ExhaustedAction? OnExhausted);

/// <summary>What both runs assume; <c>churn_history</c> is what the churn was derived from, null where it was stated.</summary>
internal sealed record SimulationAssumptionsDocument(
    decimal PaymentSuccessPercent,
    decimal RetrySuccessPercent,
    decimal MonthlyChurnPercent,
    ChurnHistoryDocument? ChurnHistory,
    ChurnResponseDocument ChurnResponse,
    int SubscriptionsMax);

/// <summary>
/// How subscribers left of late, as the forecast has it; the churn of a simulation leaves out the involuntary, whose
/// payments it fails itself.
/// </summary>
internal sealed record ChurnHistoryDocument(
    LocalDate From, LocalDate To, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated);

/// <summary>By how many percent of itself churn grows for each percent that a price rose.</summary>
internal sealed record ChurnResponseDocument(decimal PerPricePercent);
