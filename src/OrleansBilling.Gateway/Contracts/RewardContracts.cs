using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A loyalty reward: percent or amount.</summary>
internal sealed record LoyaltyBody
{
    /// <summary>Paid recurrences after which the reward begins.</summary>
    [Bounds(1, Plan.RecurrencesMax)]
    public required int AfterRecurrences { get; init; }

    /// <summary>Percent off. Either this or amount.</summary>
    [PercentBounds(1, PriceReduction.WholeMilliPercent)]
    public Percent? Percent { get; init; }

    /// <summary>Minor units off. Either this or percent.</summary>
    [Bounds(1, Money.OfferAmountMax)]
    public long? Amount { get; init; }

    /// <summary>How many recurrences are reduced.</summary>
    [Bounds(1, Coupon.RecurrencesMax)]
    public required int Recurrences { get; init; }

    /// <summary>Whether it begins again after as many more paid recurrences; false by default.</summary>
    public bool? Repeats { get; init; }
}

/// <summary>A loyalty reward: percent or amount.</summary>
/// <param name="AfterRecurrences">Paid recurrences after which the reward begins.</param>
/// <param name="Percent">Percent off; null if it takes off an amount.</param>
/// <param name="Amount">Minor units off; null if it takes off a percentage.</param>
/// <param name="Recurrences">How many recurrences are reduced.</param>
/// <param name="Repeats">Whether it begins again after as many more paid recurrences.</param>
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
    /// <summary>Assigns customers to groups. The same seed gives the same groups; 0 by default.</summary>
    public long? Seed { get; init; }

    /// <summary>Whole percent of customers who are offered nothing, for comparison; 0 by default.</summary>
    [Bounds(0, 100)]
    public int? ControlPercent { get; init; }

    /// <summary>Whole percent of customers who get a random matching offer; 0 by default. With control_percent at most 100.</summary>
    [Bounds(0, 100)]
    public int? ExplorePercent { get; init; }

    /// <summary>Days without a new offer after one was accepted; 180 by default.</summary>
    [Bounds(0, RetentionPolicy.QuietDaysMax)]
    public int? QuietDays { get; init; }

    /// <summary>What customers can be offered.</summary>
    [Entries(1, RetentionPolicy.OffersMax)]
    public required ImmutableArray<RetentionOfferBody> Offers { get; init; }
}

/// <summary>A retention offer: a discount, a pause or a cheaper offer.</summary>
internal sealed record RetentionOfferBody
{
    /// <summary>The retention offer's id, unique within the product.</summary>
    [Id]
    public required string Id { get; init; }

    /// <summary>Only for customers who give one of these reasons; for all if left out or empty.</summary>
    [ReasonCode]
    [Entries(0, FieldLimits.RetentionReasonsMax)]
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Only for customers who paid so many recurrences; 0 by default.</summary>
    [Bounds(0, Plan.RecurrencesMax)]
    public int? PaidRecurrencesMin { get; init; }

    /// <summary>A discount. Exactly one of discount, pause_days and offer_id.</summary>
    public RetentionDiscountBody? Discount { get; init; }

    /// <summary>A pause of so many days.</summary>
    [Bounds(1, FieldLimits.RetentionPauseDaysMax)]
    public int? PauseDays { get; init; }

    /// <summary>A cheaper offer of the product.</summary>
    [Id]
    public string? OfferId { get; init; }
}

/// <summary>Percent or amount off, for some recurrences.</summary>
internal sealed record RetentionDiscountBody
{
    /// <summary>Percent off. Either this or amount.</summary>
    [PercentBounds(1, PriceReduction.WholeMilliPercent)]
    public Percent? Percent { get; init; }

    /// <summary>Minor units off. Either this or percent.</summary>
    [Bounds(1, Money.OfferAmountMax)]
    public long? Amount { get; init; }

    /// <summary>How many recurrences are reduced.</summary>
    [Bounds(1, Coupon.RecurrencesMax)]
    public required int Recurrences { get; init; }
}

/// <summary>Retention offers for customers who ask to cancel.</summary>
/// <param name="Seed">Assigns customers to groups.</param>
/// <param name="ControlPercent">Whole percent of customers who are offered nothing, for comparison.</param>
/// <param name="ExplorePercent">Whole percent of customers who get a random matching offer.</param>
/// <param name="QuietDays">Days without a new offer after one was accepted.</param>
/// <param name="Offers">What customers can be offered.</param>
internal sealed record RetentionDocument(
    long Seed, int ControlPercent, int ExplorePercent, int QuietDays, ImmutableArray<RetentionOfferDocument> Offers)
{
    public static RetentionDocument From(RetentionPolicy policy) =>
        new(policy.Seed, policy.ControlPercent, policy.ExplorePercent, policy.QuietDays,
            [.. policy.Offers.Select(RetentionOfferDocument.From)]);
}

/// <summary>A retention offer. Exactly one of discount, pause and offer is not null.</summary>
/// <param name="Id">The retention offer's id, unique within the product.</param>
/// <param name="Reasons">Only for customers who give one of these reasons; empty for all.</param>
/// <param name="PaidRecurrencesMin">Only for customers who paid so many recurrences.</param>
/// <param name="Discount">The discount; null if it offers something else.</param>
/// <param name="PauseDays">The days of the pause; null if it offers something else.</param>
/// <param name="OfferId">The cheaper offer of the product; null if it offers something else.</param>
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
/// <param name="Percent">Percent off; null if it takes off an amount.</param>
/// <param name="Amount">Minor units off; null if it takes off a percentage.</param>
/// <param name="Recurrences">How many recurrences are reduced; null for all.</param>
internal sealed record RetentionDiscountDocument(Percent? Percent, long? Amount, int? Recurrences);
