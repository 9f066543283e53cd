using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The quantity of an add-on.</summary>
/// <param name="Id">The add-on's id in the offer.</param>
/// <param name="Quantity">How many.</param>
internal sealed record AddonQuantityDocument(string Id, int Quantity)
{
    public static ImmutableArray<AddonQuantityDocument> From(ImmutableArray<AddOnQuantity> bought) =>
        bought.IsEmpty ? [] : [.. bought.Select(addOn => new AddonQuantityDocument(addOn.Id, addOn.Quantity))];
}

/// <summary>The change that takes effect at the end of the subscription's period or trial.</summary>
/// <param name="OfferId">The offer after the change.</param>
/// <param name="OfferVersion">The version of that offer.</param>
/// <param name="Quantity">How many of the plan after the change.</param>
/// <param name="Addons">All add-ons after the change.</param>
internal sealed record ScheduledChangeDocument(string OfferId, int OfferVersion, int Quantity, ImmutableArray<AddonQuantityDocument> Addons)
{
    public static ScheduledChangeDocument From(ScheduledChange change) =>
        new(change.OfferId, change.OfferVersion, change.Quantity, AddonQuantityDocument.From(change.AddOns));
}

/// <summary>A pause that begins at the end of the period.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Until">When it ends by itself; null if it lasts until resumed.</param>
internal sealed record ScheduledPauseDocument(Instant At, Instant? Until);

/// <summary>A price reduction over a range of periods, both ends included: percent or amount.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Id">The coupon or retention offer; null if the source alone identifies it.</param>
/// <param name="Code">The coupon's code; null for other sources.</param>
/// <param name="Percent">Percent off.</param>
/// <param name="Amount">Minor units off.</param>
/// <param name="FromIndex">The first period.</param>
/// <param name="ToIndex">The last period; null if unlimited.</param>
internal sealed record DiscountDocument(
    DiscountSource Source, string? Id, string? Code, Percent? Percent, long? Amount, int FromIndex, int? ToIndex)
{
    public static DiscountDocument From(AppliedDiscount discount) => new(
        discount.Source, discount.Id.Length == 0 ? null : discount.Id, CodeOf(discount), Json.Percent.From(discount.Reduction.MilliPercent),
        discount.Reduction.Amount,
        discount.FromIndex, discount.ToIndex);

    private static string? CodeOf(AppliedDiscount discount) =>
        discount.Source == DiscountSource.Coupon ? discount.Code ?? discount.Id : null;
}

/// <summary>A meter's reading in the current or last period. Changes within the period do not reset it.</summary>
/// <param name="Meter">The meter's id in the offer.</param>
/// <param name="Units">The reading in units.</param>
internal sealed record UsageDocument(string Meter, long Units);

/// <summary>A voucher that waits for payment.</summary>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="Attempt">The attempt's number within the invoice.</param>
/// <param name="ExpiresAt">The first instant at which it is no longer valid.</param>
/// <param name="Reference">What the customer uses to pay.</param>
internal sealed record VoucherDocument(int Invoice, int Attempt, Instant ExpiresAt, string? Reference)
{
    public static VoucherDocument? Of(Subscription s) =>
        s.Charge is { Voucher: { } voucher } charge
            ? new VoucherDocument(charge.Invoice, charge.Attempt, voucher.ExpiresAt, voucher.Reference)
            : null;
}

/// <summary>
/// The retention offer made to the customer. Without an id, none was made: no offer matched, or the customer is in the control group.
/// </summary>
/// <param name="Id">The retention offer's id; null if none was made.</param>
/// <param name="Reason">The reason that the customer gave; null if none.</param>
internal sealed record RetentionAssignmentDocument(string? Id, string? Reason)
{
    public static RetentionAssignmentDocument From(RetentionAssignment assigned) => new(assigned.OfferId, assigned.Reason);
}

/// <summary>The answer to POST …/retention: what the customer is offered instead of canceling, or null.</summary>
/// <param name="Offer">What the customer is offered; null if nothing.</param>
/// <param name="Subscription">The subscription after the question.</param>
internal sealed record RetentionAnswerDocument(RetentionOfferDocument? Offer, SubscriptionDocument Subscription);
