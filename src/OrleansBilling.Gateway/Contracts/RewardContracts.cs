using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A loyalty reward: percent or amount.</summary>
internal sealed record LoyaltyBody
{
    public required int AfterRecurrences { get; init; }

    public Percent? Percent { get; init; }

    public long? Amount { get; init; }

    public required int Recurrences { get; init; }

    public bool? Repeats { get; init; }
}

internal sealed record LoyaltyDocument(int AfterRecurrences, Percent? Percent, long? Amount, int Recurrences, bool Repeats)
{
    public static LoyaltyDocument From(LoyaltyReward reward) =>
        new(reward.AfterRecurrences, Json.Percent.From(reward.Reduction.MilliPercent), reward.Reduction.Amount, reward.Recurrences,
            reward.Repeats);
}

/// <summary>
/// Retention offers for customers who ask to cancel. <c>control_percent</c> of them get none, <c>explore_percent</c> a random matching
/// offer, the others the one that has saved most so far. Both are whole percentages.
/// </summary>
internal sealed record RetentionBody
{
    public long? Seed { get; init; }

    public int? ControlPercent { get; init; }

    public int? ExplorePercent { get; init; }

    /// <summary>Days without a new offer after one was accepted; 180 by default.</summary>
    public int? QuietDays { get; init; }

    public required ImmutableArray<RetentionOfferBody> Offers { get; init; }
}

/// <summary>A retention offer: a discount, a pause or a cheaper offer.</summary>
internal sealed record RetentionOfferBody
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? Reasons { get; init; }

    public int? PaidRecurrencesMin { get; init; }

    public RetentionDiscountBody? Discount { get; init; }

    public int? PauseDays { get; init; }

    public string? OfferId { get; init; }
}

/// <summary>Percent or amount off, for some recurrences.</summary>
internal sealed record RetentionDiscountBody
{
    public Percent? Percent { get; init; }

    public long? Amount { get; init; }

    public required int Recurrences { get; init; }
}

/// <summary>Retention offers for customers who ask to cancel.</summary>
internal sealed record RetentionDocument(
    long Seed, int ControlPercent, int ExplorePercent, int QuietDays, ImmutableArray<RetentionOfferDocument> Offers)
{
    public static RetentionDocument From(RetentionPolicy policy) =>
        new(policy.Seed, policy.ControlPercent, policy.ExplorePercent, policy.QuietDays,
            [.. policy.Offers.Select(RetentionOfferDocument.From)]);
}

/// <summary>A retention offer. Exactly one of discount, pause and offer is not null.</summary>
internal sealed record RetentionOfferDocument(
    string Id, ImmutableArray<string> Reasons, int PaidRecurrencesMin, RetentionDiscountDocument? Discount, int? PauseDays, string? OfferId)
{
    public static RetentionOfferDocument From(RetentionOffer offer) => new(
        offer.Id,
        offer.Reasons,
        offer.PaidRecurrencesMin,
        offer.Discount is { } discount
            ? new RetentionDiscountDocument(Percent.From(discount.MilliPercent), discount.Amount, offer.DiscountRecurrences)
            : null,
        offer.PauseDays,
        offer.OfferId);
}

/// <summary>Percent or amount off, for some recurrences.</summary>
internal sealed record RetentionDiscountDocument(Percent? Percent, long? Amount, int? Recurrences);
