using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>How much of an add-on was bought.</summary>
/// <param name="Id">The add-on's id within the offer.</param>
/// <param name="Quantity">Pieces, from 1.</param>
public sealed record AddOnQuantity(string Id, int Quantity);

/// <summary>What a subscription is changed to at the end of its period or trial.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="OfferVersion">Its version, as of the day on which the change was asked for.</param>
/// <param name="Quantity">Pieces of the plan.</param>
/// <param name="AddOns">What is bought on top.</param>
public sealed record ScheduledChange(string OfferId, int OfferVersion, int Quantity, ImmutableArray<AddOnQuantity> AddOns);

/// <summary>A pause that begins at the end of the period.</summary>
/// <param name="Until">When it ends by itself; null for when it is resumed.</param>
public sealed record ScheduledPause(Instant? Until);

/// <summary>Where a discount comes from.</summary>
public enum DiscountSource
{
    /// <summary>A coupon.</summary>
    Coupon,

    /// <summary>Recurrences given by the seller.</summary>
    Gift,

    /// <summary>The product's loyalty reward.</summary>
    Loyalty,

    /// <summary>An accepted retention offer.</summary>
    Retention,
}

/// <summary>A discount on the recurrences from <paramref name="FromIndex"/> to <paramref name="ToIndex"/>.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Id">The coupon's or the retention offer's id; empty where the source says all.</param>
/// <param name="Reduction">What it takes off.</param>
/// <param name="FromIndex">First period.</param>
/// <param name="ToIndex">Last period; null for ever.</param>
public sealed record AppliedDiscount(DiscountSource Source, string Id, PriceReduction Reduction, int FromIndex, int? ToIndex)
{
    /// <summary>The plans that it holds for; empty for all.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    /// <summary>The coupon's code; null where that is its id, or where there is no coupon.</summary>
    public string? Code { get; init; }

    /// <summary>
    /// Whether it lowers the price of this period on this plan. Without an index, that of a stretch by which a period was
    /// lengthened: it belongs to no recurrence, and only a discount for ever holds for it.
    /// </summary>
    public bool Covers(int? index, string planId) =>
        (PlanIds.IsEmpty || PlanIds.Contains(planId)) && (ToIndex is null || index <= ToIndex) && (index is null || index >= FromIndex);
}

/// <summary>
/// What a meter adds up to in the period that runs, and what was billed of that. A reading that was stored without
/// <see cref="Billed"/> began anew whenever something was billed: all of it is still to be billed.
/// </summary>
/// <param name="Meter">The meter's id within the offer.</param>
/// <param name="Units">Sum, maximum, last quantity, or number of different keys.</param>
/// <param name="LastAt">For a meter that keeps the last quantity, the time of its event.</param>
public sealed record MeterReading(string Meter, long Units, Instant? LastAt = null)
{
    /// <summary>The most meters of a period, those that changes took away included.</summary>
    public const int PerPeriodMax = 100;

    /// <summary>
    /// Minor units up to which the reading's price is settled: what was billed for it in this period, or, where a change
    /// defined the meter anew, what the reading of then costs by the new definition.
    /// </summary>
    public long Billed { get; init; }

    /// <summary>Minor units that an invoice billed and gave back when it was voided; the period's bill asks for them again.</summary>
    public long Returned { get; init; }

    /// <summary>How the meter was defined when a change took it away; null while the offer has it.</summary>
    public string? Definition { get; init; }
}

/// <summary>What an invoice bills for a meter.</summary>
/// <param name="Meter">The meter's id within the offer of then.</param>
/// <param name="Amount">Minor units, net of tax.</param>
public sealed record BilledUsage(string Meter, long Amount);

/// <summary>A retention offer, as assigned to a customer who asked to cancel.</summary>
/// <param name="Number">
/// The variant's position in the product's list, from 1; 0 for the control group, which is offered nothing;
/// <see cref="NothingFits"/> where no variant was fit for the customer.
/// </param>
/// <param name="OfferId">The variant's id; null where nothing was offered.</param>
/// <param name="Reason">The reason code that was stated.</param>
public sealed record RetentionAssignment(int Number, string? OfferId, string? Reason)
{
    /// <summary>The number of those for whom there was no variant; they are not counted.</summary>
    public const int NothingFits = -1;
}
