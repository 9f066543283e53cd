using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Metered usage in an offer: a price (per unit or per package) or tiers (graduated or by volume).</summary>
internal sealed record MeterBody
{
    /// <summary>The meter's id, unique within the offer.</summary>
    [Id]
    public required string Id { get; init; }

    /// <summary>What invoices call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public required string Name { get; init; }

    /// <summary>How the events of a period become one reading.</summary>
    public required MeterAggregation Aggregation { get; init; }

    /// <summary>How the reading is priced.</summary>
    public required MeterPricing Pricing { get; init; }

    /// <summary>The price with pricing per_unit or package; only allowed with these.</summary>
    public UnitPriceBody? Price { get; init; }

    /// <summary>Units in a package with pricing package; only allowed with it.</summary>
    [Bounds(1, Meter.UnitsMax)]
    public long? PackageUnits { get; init; }

    /// <summary>Units of each period that cost nothing; 0 by default.</summary>
    [Bounds(0, Meter.UnitsMax)]
    public long? IncludedUnits { get; init; }

    /// <summary>The tiers with pricing graduated or volume, each above the one before; only allowed with these.</summary>
    [Entries(1, Meter.TiersMax)]
    public IReadOnlyList<MeterTierBody>? Tiers { get; init; }
}

/// <summary>A price of <c>amount</c> minor units for <c>per</c> units; <c>per</c> is 1 by default.</summary>
internal sealed record UnitPriceBody
{
    /// <summary>Minor units.</summary>
    [Bounds(0, Money.OfferAmountMax)]
    public required long Amount { get; init; }

    /// <summary>The number of units that cost the amount; 1 by default.</summary>
    [Bounds(1, Meter.UnitsMax)]
    public long? Per { get; init; }
}

/// <summary>A tier up to and including a unit. The last tier has no limit.</summary>
internal sealed record MeterTierBody
{
    /// <summary>The last unit of the tier; left out in the last tier.</summary>
    [Bounds(1, Meter.UnitsMax)]
    public long? UpTo { get; init; }

    /// <summary>The price of the tier's units.</summary>
    public required UnitPriceBody Price { get; init; }

    /// <summary>Minor units charged once if the tier is reached; 0 by default.</summary>
    [Bounds(0, Money.OfferAmountMax)]
    public long? Flat { get; init; }
}

/// <summary>Metered usage in an offer.</summary>
/// <param name="Id">The meter's id, unique within the offer.</param>
/// <param name="Name">What invoices call it.</param>
/// <param name="Aggregation">How the events of a period become one reading.</param>
/// <param name="Pricing">How the reading is priced.</param>
/// <param name="Price">The price with pricing per_unit or package; null otherwise.</param>
/// <param name="PackageUnits">Units in a package with pricing package; null otherwise.</param>
/// <param name="IncludedUnits">Units of each period that cost nothing.</param>
/// <param name="Tiers">The tiers with pricing graduated or volume; empty otherwise.</param>
internal sealed record MeterDocument(
    string Id,
    string Name,
    MeterAggregation Aggregation,
    MeterPricing Pricing,
    UnitPriceDocument? Price,
    long? PackageUnits,
    long IncludedUnits,
    ImmutableArray<MeterTierDocument> Tiers)
{
    public static MeterDocument From(Meter meter) => new(
        meter.Id, meter.Name, meter.Aggregation, meter.Pricing, meter.Price is { } price ? UnitPriceDocument.From(price) : null,
        meter.PackageUnits, meter.IncludedUnits,
        [.. meter.Tiers.Select(tier => new MeterTierDocument(tier.UpTo, UnitPriceDocument.From(tier.Price), tier.Flat))]);
}

/// <summary>A price of <c>amount</c> minor units for <c>per</c> units.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Per">The number of units that cost the amount.</param>
internal sealed record UnitPriceDocument(long Amount, long Per)
{
    public static UnitPriceDocument From(UnitPrice price) => new(price.Amount, price.Per);
}

/// <summary>A tier up to and including a unit. The last tier has no limit.</summary>
/// <param name="UpTo">The last unit of the tier; null in the last tier.</param>
/// <param name="Price">The price of the tier's units.</param>
/// <param name="Flat">Minor units charged once if the tier is reached.</param>
internal sealed record MeterTierDocument(long? UpTo, UnitPriceDocument Price, long Flat);
