using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/simulations. Percentages may have three decimals.</summary>
internal sealed record SimulationBody
{
    /// <summary>The length of both runs in months.</summary>
    [Bounds(1, WhatIfQuestion.MonthsMax)]
    public required int Months { get; init; }

    /// <summary>What is different in the second run.</summary>
    public required SimulationChangesBody Changes { get; init; }

    /// <summary>Decides who leaves and whose payment fails. The same seed and book give the same result; 1 by default.</summary>
    public long? Seed { get; init; }

    /// <summary>Only this seller's subscriptions.</summary>
    [Id]
    public string? SellerId { get; init; }

    /// <summary>Only subscriptions of this product.</summary>
    [Id]
    public string? ProductId { get; init; }

    /// <summary>Only subscriptions of this plan.</summary>
    [Id]
    public string? PlanId { get; init; }

    /// <summary>Only subscriptions of this offer.</summary>
    [Id]
    public string? OfferId { get; init; }

    /// <summary>Percent of first charges that succeed; 92 by default.</summary>
    [PercentBounds(0, Assumptions.Whole)]
    public decimal? PaymentSuccessPercent { get; init; }

    /// <summary>Percent of retries that succeed; 35 by default.</summary>
    [PercentBounds(0, Assumptions.Whole)]
    public decimal? RetrySuccessPercent { get; init; }

    /// <summary>Percent of subscribers who cancel in a month; derived from the last 90 days if left out.</summary>
    [PercentBounds(0, Assumptions.Whole)]
    public decimal? MonthlyChurnPercent { get; init; }

    /// <summary>How customers react to a price increase; not at all if left out.</summary>
    public ChurnResponseBody? ChurnResponse { get; init; }

    /// <summary>Runs at most so many subscriptions, a random sample of the book; 1,000,000 by default.</summary>
    [Bounds(1, WhatIfQuestion.SubscriptionsLimit)]
    public int? SubscriptionsMax { get; init; }
}

/// <summary>The changes in the second run: prices, dunning, or both.</summary>
internal sealed record SimulationChangesBody
{
    /// <summary>Offers with another price.</summary>
    [Entries(0, WhatIfChanges.OffersMax)]
    public IReadOnlyList<OfferChangeBody>? Offers { get; init; }

    /// <summary>Omitted fields stay as in each plan's or product's policy.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>Who pays the new prices: existing subscriptions by default.</summary>
    public PriceScope? ApplyTo { get; init; }
}

/// <summary>A different price for all versions of an offer: exactly one of the two.</summary>
internal sealed record OfferChangeBody
{
    /// <summary>The offer.</summary>
    [Id]
    public required string OfferId { get; init; }

    /// <summary>The new price in minor units.</summary>
    [Bounds(0, Money.OfferAmountMax)]
    public long? Amount { get; init; }

    /// <summary>The change of the price in percent; negative if it becomes cheaper.</summary>
    [PercentBounds(PriceChange.MilliPercentMin, PriceChange.MilliPercentMax)]
    public decimal? PercentChange { get; init; }
}

/// <summary>By how many percent churn grows, relative to itself, for each percent of price increase.</summary>
internal sealed record ChurnResponseBody
{
    /// <summary>Percent that churn grows for each percent of price increase.</summary>
    [PercentBounds(0, Assumptions.ChurnPerPriceMax)]
    public required decimal PerPricePercent { get; init; }
}

/// <summary>A simulation: the request and its progress.</summary>
internal record SimulationDocument
{
    /// <summary>The simulation's id.</summary>
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    public required SimulationStatus Status { get; init; }

    /// <summary>What has been run so far.</summary>
    public required SimulationProgressDocument Progress { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public required SimulationErrorDocument? Error { get; init; }

    /// <summary>Decided who leaves and whose payment fails.</summary>
    public required long Seed { get; init; }

    /// <summary>The instant at which both runs start: when it was asked for.</summary>
    public required Instant From { get; init; }

    /// <summary>The length of both runs in months.</summary>
    public required int Months { get; init; }

    /// <summary>Which subscriptions it runs.</summary>
    public required SimulationScopeDocument Scope { get; init; }

    /// <summary>What is different in the second run.</summary>
    public required SimulationChangesDocument Changes { get; init; }

    /// <summary>What both runs assume.</summary>
    public required SimulationAssumptionsDocument Assumptions { get; init; }
}

/// <summary>A simulation with its result, which is null until it is done.</summary>
internal sealed record AnsweredSimulationDocument : SimulationDocument
{
    /// <summary>The figures of both runs; null until it is done.</summary>
    [JsonPropertyOrder(1)]
    public required SimulationResultDocument? Result { get; init; }
}

/// <summary>The simulations that the caller may see, newest first.</summary>
internal sealed record SimulationList(ImmutableArray<SimulationDocument> Data);

/// <summary>How far a simulation is.</summary>
/// <param name="SubscriptionsDone">How many subscriptions both runs have finished.</param>
/// <param name="SubscriptionsTotal">How many subscriptions it runs.</param>
/// <param name="Months">The length of both runs in months.</param>
internal sealed record SimulationProgressDocument(long SubscriptionsDone, long SubscriptionsTotal, int Months);

/// <summary>Why a simulation failed.</summary>
/// <param name="Code">A stable code for programs.</param>
/// <param name="Detail">One sentence for people.</param>
internal sealed record SimulationErrorDocument(string Code, string Detail);

/// <summary>The subscriptions in the simulation. Null fields do not restrict it.</summary>
/// <param name="SellerId">Only this seller's subscriptions.</param>
/// <param name="ProductId">Only subscriptions of this product.</param>
/// <param name="PlanId">Only subscriptions of this plan.</param>
/// <param name="OfferId">Only subscriptions of this offer.</param>
internal sealed record SimulationScopeDocument(string? SellerId, string? ProductId, string? PlanId, string? OfferId);

/// <summary>The changes in the second run.</summary>
/// <param name="Offers">Offers with another price.</param>
/// <param name="Dunning">The change of every dunning policy; null if there is none.</param>
/// <param name="ApplyTo">Who pays the new prices.</param>
internal sealed record SimulationChangesDocument(
    ImmutableArray<OfferChangeDocument> Offers, DunningChangeDocument? Dunning, PriceScope ApplyTo);

/// <summary>A different price for an offer. One of the two is null.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Amount">The new price in minor units.</param>
/// <param name="PercentChange">The change of the price in percent.</param>
internal sealed record OfferChangeDocument(string OfferId, long? Amount, decimal? PercentChange);

/// <summary>The changes to every dunning policy. Null fields do not change.</summary>
/// <param name="MaxRetries">Automatic retries after the first attempt.</param>
/// <param name="WindowDays">Days after the first attempt in which retries are made.</param>
/// <param name="ScheduleDays">Days between consecutive attempts.</param>
/// <param name="MoveBillingDate">Whether recovery moves the billing date to the day of the successful payment.</param>
/// <param name="OnExhausted">What happens when the retries or the window run out.</param>
internal sealed record DunningChangeDocument(
    int? MaxRetries, int? WindowDays, ImmutableArray<int>? ScheduleDays, bool? MoveBillingDate, ExhaustedAction? OnExhausted);

/// <summary>The assumptions of both runs. Churn was derived from <c>churn_history</c>, which is null if churn was given.</summary>
/// <param name="PaymentSuccessPercent">Percent of first charges that succeed.</param>
/// <param name="RetrySuccessPercent">Percent of retries that succeed.</param>
/// <param name="MonthlyChurnPercent">Percent of subscribers who cancel in a month.</param>
/// <param name="ChurnHistory">What the monthly churn was derived from; null if it was given.</param>
/// <param name="ChurnResponse">How customers react to a price increase.</param>
/// <param name="SubscriptionsMax">The most subscriptions that are run.</param>
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
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Canceled">Subscribers who were canceled.</param>
/// <param name="Involuntary">Of canceled, those decided by the system.</param>
/// <param name="CurrentAtStart">Subscribers when the range began.</param>
/// <param name="New">First activations.</param>
/// <param name="Reactivated">Subscriptions that became a subscriber again.</param>
internal sealed record ChurnHistoryDocument(
    LocalDate From, LocalDate To, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated);

/// <summary>By how many percent churn grows, relative to itself, for each percent of price increase.</summary>
/// <param name="PerPricePercent">Percent that churn grows for each percent of price increase.</param>
internal sealed record ChurnResponseDocument(decimal PerPricePercent);
