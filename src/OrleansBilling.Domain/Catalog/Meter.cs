using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>How a meter combines the usage events of one period.</summary>
public enum MeterAggregation
{
    /// <summary>The sum of the quantities.</summary>
    Sum,

    /// <summary>The largest quantity.</summary>
    Max,

    /// <summary>The quantity of the newest event, by its own time.</summary>
    Last,

    /// <summary>The number of distinct keys.</summary>
    Unique,
}

/// <summary>How metered units beyond the included ones are priced.</summary>
public enum MeterPricing
{
    /// <summary>Every unit has the same price.</summary>
    PerUnit,

    /// <summary>Each unit has the price of the tier that it falls into.</summary>
    Graduated,

    /// <summary>All units have the price of the tier that the total falls into.</summary>
    Volume,

    /// <summary>Sold in whole packages. A package that is started is charged in full.</summary>
    Package,
}

/// <summary>
/// A price that can be finer than one minor unit per unit: <paramref name="Per"/> units cost <paramref name="Amount"/>
/// minor units.
/// </summary>
/// <param name="Amount">Minor units, not negative.</param>
/// <param name="Per">Units that the amount buys, at least 1.</param>
public sealed record UnitPrice(long Amount, long Per = 1);

/// <summary>A price tier of metered units.</summary>
/// <param name="UpTo">Last unit in the tier, counted from 1; null for the last tier, which is open-ended.</param>
/// <param name="Price">The price of the units in the tier.</param>
/// <param name="Flat">Minor units charged once when the tier is reached.</param>
public sealed record MeterTier(long? UpTo, UnitPrice Price, long Flat = 0);

/// <summary>Metered usage that an offer sells. It is billed in arrears with the next recurrence.</summary>
public sealed record Meter
{
    /// <summary>The most meters that an offer may have.</summary>
    public const int PerOfferMax = 20;

    /// <summary>The most tiers that a meter may have.</summary>
    public const int TiersMax = 50;

    /// <summary>The largest quantity of one usage event, and the largest total of a meter in one period.</summary>
    public const long UnitsMax = 1_000_000_000_000;

    /// <summary>Unique within the offer.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    public required MeterAggregation Aggregation { get; init; }

    public required MeterPricing Pricing { get; init; }

    /// <summary>Units that are free in each period. Only units beyond them are priced.</summary>
    public long IncludedUnits { get; init; }

    /// <summary>Price per unit or per package; null with tiers.</summary>
    public UnitPrice? Price { get; init; }

    /// <summary>Units in one package; null unless pricing is <see cref="MeterPricing.Package"/>.</summary>
    public long? PackageUnits { get; init; }

    /// <summary>Ascending; the last is open-ended. Empty unless pricing is graduated or by volume.</summary>
    public ImmutableArray<MeterTier> Tiers { get; init; } = [];
}
