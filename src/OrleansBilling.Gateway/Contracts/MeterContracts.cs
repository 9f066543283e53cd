using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Metered usage in an offer: a price (per unit or per package) or tiers (graduated or by volume).</summary>
internal sealed record MeterBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required MeterAggregation Aggregation { get; init; }

    public required MeterPricing Pricing { get; init; }

    public UnitPriceBody? Price { get; init; }

    public long? PackageUnits { get; init; }

    public long? IncludedUnits { get; init; }

    public IReadOnlyList<MeterTierBody>? Tiers { get; init; }
}

/// <summary>A price of <c>amount</c> minor units for <c>per</c> units; <c>per</c> is 1 by default.</summary>
internal sealed record UnitPriceBody
{
    public required long Amount { get; init; }

    public long? Per { get; init; }
}

/// <summary>A tier up to and including a unit. The last tier has no limit.</summary>
internal sealed record MeterTierBody
{
    public long? UpTo { get; init; }

    public required UnitPriceBody Price { get; init; }

    public long? Flat { get; init; }
}

/// <summary>Metered usage in an offer.</summary>
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
internal sealed record UnitPriceDocument(long Amount, long Per)
{
    public static UnitPriceDocument From(UnitPrice price) => new(price.Amount, price.Per);
}

/// <summary>A tier up to and including a unit. The last tier has no limit.</summary>
internal sealed record MeterTierDocument(long? UpTo, UnitPriceDocument Price, long Flat);
