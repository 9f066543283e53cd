using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>What a customer who asks to cancel is offered instead. Exactly one of the three.</summary>
/// <param name="Id">The variant's id, unique within the product.</param>
/// <param name="Reasons">Reason codes that it answers; empty for all.</param>
/// <param name="PaidRecurrencesMin">Recurrences that must have been paid.</param>
/// <param name="Discount">Taken off the price for <paramref name="DiscountRecurrences"/>.</param>
/// <param name="DiscountRecurrences">For how many recurrences; null without a discount.</param>
/// <param name="PauseDays">Calendar days of pause.</param>
/// <param name="OfferId">A cheaper offer of the same product and currency, changed to at period end.</param>
public sealed record RetentionOffer(
    string Id,
    ImmutableArray<string> Reasons,
    int PaidRecurrencesMin,
    PriceReduction? Discount,
    int? DiscountRecurrences,
    int? PauseDays,
    string? OfferId);

/// <summary>
/// Retention offers, tested and learned: a share of customers is offered nothing (control), a share gets one of the
/// matching variants by dice, everyone else the variant that saved most so far. The dice are seeded with
/// <paramref name="Seed"/> and the subscription's id, so that a customer always meets the same assignment.
/// </summary>
/// <param name="Seed">Seeds the assignment.</param>
/// <param name="ControlPercent">Of 100, offered nothing.</param>
/// <param name="ExplorePercent">Of 100, offered a matching variant by dice.</param>
/// <param name="Offers">The variants, best guess first.</param>
public sealed record RetentionPolicy(long Seed, int ControlPercent, int ExplorePercent, ImmutableArray<RetentionOffer> Offers)
{
    /// <summary>The most variants of a product.</summary>
    public const int OffersMax = 20;

    /// <summary>The longest that a customer who accepted one is offered nothing.</summary>
    public const int QuietDaysMax = 3_650;

    /// <summary>Half a year, unless the seller says otherwise.</summary>
    public const int QuietDaysUnlessTold = 180;

    /// <summary>Calendar days after one was accepted in which none is made: offers do not stack.</summary>
    public int QuietDays { get; init; } = QuietDaysUnlessTold;
}
