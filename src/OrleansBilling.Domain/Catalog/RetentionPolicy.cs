using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>An alternative for a customer who asks to cancel: a discount, a pause or a cheaper offer, exactly one of them.</summary>
/// <param name="Id">Unique within the product.</param>
/// <param name="Reasons">Cancellation reason codes that it matches; empty for all.</param>
/// <param name="PaidRecurrencesMin">Recurrences that the customer must have paid to see it.</param>
/// <param name="Discount">Taken off the price of the next <paramref name="DiscountRecurrences"/> recurrences.</param>
/// <param name="DiscountRecurrences">Null without a discount.</param>
/// <param name="PauseDays">Length of the pause in calendar days.</param>
/// <param name="OfferId">A cheaper offer of the same product and currency. The change happens at period end.</param>
public sealed record RetentionOffer(
    string Id,
    ImmutableArray<string> Reasons,
    int PaidRecurrencesMin,
    PriceReduction? Discount,
    int? DiscountRecurrences,
    int? PauseDays,
    string? OfferId);

/// <summary>
/// Retention offers that are tested against a control group. A share of customers is offered nothing (control). A share
/// gets a random matching variant. All others get the variant that has saved the most customers so far. The random draw is
/// seeded with <paramref name="Seed"/> and the subscription's id, so a customer always gets the same assignment.
/// </summary>
/// <param name="Seed">Seed of the assignment.</param>
/// <param name="ControlPercent">Percent of customers who are offered nothing.</param>
/// <param name="ExplorePercent">Percent of customers who get a random matching variant.</param>
/// <param name="Offers">The variants, best guess first.</param>
public sealed record RetentionPolicy(long Seed, int ControlPercent, int ExplorePercent, ImmutableArray<RetentionOffer> Offers)
{
    /// <summary>The most variants that a product may have.</summary>
    public const int OffersMax = 20;

    /// <summary>The largest <see cref="QuietDays"/>.</summary>
    public const int QuietDaysMax = 3_650;

    /// <summary>The default of <see cref="QuietDays"/>: half a year.</summary>
    public const int QuietDaysUnlessTold = 180;

    /// <summary>Calendar days after a customer accepts an offer in which no other is made. Offers do not stack.</summary>
    public int QuietDays { get; init; } = QuietDaysUnlessTold;
}
