using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>What a meter makes of the usage events of one period.</summary>
public enum MeterAggregation
{
    /// <summary>The sum of their quantities.</summary>
    Sum,

    /// <summary>The largest quantity.</summary>
    Max,

    /// <summary>The quantity of the newest event, by its own time.</summary>
    Last,

    /// <summary>How many different keys there were.</summary>
    Unique,
}

/// <summary>How metered units are priced.</summary>
public enum MeterPricing
{
    /// <summary>Every unit at one price.</summary>
    PerUnit,

    /// <summary>Each unit at the price of the tier that it falls into.</summary>
    Graduated,

    /// <summary>All units at the price of the tier that the total falls into.</summary>
    Volume,

    /// <summary>Whole packages; one begun counts.</summary>
    Package,
}

/// <summary>
/// A price of metered units that may be finer than a minor unit: <paramref name="Amount"/> minor units for
/// <paramref name="Per"/> units.
/// </summary>
/// <param name="Amount">Minor units, from 0.</param>
/// <param name="Per">Units that the amount buys, from 1.</param>
public sealed record UnitPrice(long Amount, long Per = 1);

/// <summary>A tier of metered units.</summary>
/// <param name="UpTo">Last unit inside, counted from 1; null for the last tier, which has no end.</param>
/// <param name="Price">What its units cost.</param>
/// <param name="Flat">Minor units that are added once when the tier is reached.</param>
public sealed record MeterTier(long? UpTo, UnitPrice Price, long Flat = 0);

/// <summary>Metered usage that an offer sells: billed in arrears with the next recurrence.</summary>
public sealed record Meter
{
    /// <summary>The most meters of an offer.</summary>
    public const int PerOfferMax = 20;

    /// <summary>The most tiers of a meter.</summary>
    public const int TiersMax = 50;

    /// <summary>The largest quantity of one usage event, and of what a meter adds up to in a period.</summary>
    public const long UnitsMax = 1_000_000_000_000;

    /// <summary>Unique within the offer.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>What it makes of events.</summary>
    public required MeterAggregation Aggregation { get; init; }

    /// <summary>How its units are priced.</summary>
    public required MeterPricing Pricing { get; init; }

    /// <summary>Units of each period that cost nothing; pricing starts behind them.</summary>
    public long IncludedUnits { get; init; }

    /// <summary>Per unit, or per package; null with tiers.</summary>
    public UnitPrice? Price { get; init; }

    /// <summary>Units of one package; null unless sold in packages.</summary>
    public long? PackageUnits { get; init; }

    /// <summary>In order, the last without an end; empty unless graduated or by volume.</summary>
    public ImmutableArray<MeterTier> Tiers { get; init; } = [];
}
