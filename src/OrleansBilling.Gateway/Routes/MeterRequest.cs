using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>An offer's meters as a request describes them. A meter has either a price or tiers.</summary>
internal static class MeterRequest
{
    public static void Check(ref Check check, MeterBody meter, string within)
    {
        check.Id(meter.Id, $"{within}.id");
        check.Text(meter.Name, $"{within}.name", FieldLimits.NameCharactersMax);
        check.Range(meter.IncludedUnits, $"{within}.included_units", 0, Meter.UnitsMax);
        check.Range(meter.PackageUnits, $"{within}.package_units", 1, Meter.UnitsMax);
        var tiered = meter.Pricing is MeterPricing.Graduated or MeterPricing.Volume;
        var packaged = meter.Pricing == MeterPricing.Package;
        check.Present(!packaged || meter.PackageUnits is not null, $"{within}.package_units");
        check.Absent(!packaged && meter.PackageUnits is not null, $"{within}.package_units", "pricing package");
        check.Present(tiered || meter.Price is not null, $"{within}.price");
        check.Absent(tiered && meter.Price is not null, $"{within}.price", "pricing per_unit or package");
        check.Present(!tiered || meter.Tiers is not null, $"{within}.tiers");
        check.Absent(!tiered && meter.Tiers is not null, $"{within}.tiers", "pricing graduated or volume");
        Check(ref check, meter.Price, $"{within}.price");
        if (tiered && check.List(meter.Tiers, $"{within}.tiers", 1, Meter.TiersMax)) CheckTiers(ref check, meter, within);
    }

    public static Meter ToMeter(MeterBody meter) => new()
    {
        Id = meter.Id,
        Name = meter.Name,
        Aggregation = meter.Aggregation,
        Pricing = meter.Pricing,
        IncludedUnits = meter.IncludedUnits ?? 0,
        Price = meter.Price is { } price ? ToPrice(price) : null,
        PackageUnits = meter.PackageUnits,
        Tiers = meter.Tiers is { } tiers ? [.. tiers.Select(tier => new MeterTier(tier.UpTo, ToPrice(tier.Price), tier.Flat ?? 0))] : [],
    };

    /// <summary>Each tier ends above the previous one, and the last has no end.</summary>
    private static void CheckTiers(ref Check check, MeterBody meter, string within)
    {
        var tiers = meter.Tiers!;
        var below = 0L;
        for (var n = 0; n < tiers.Count; n++)
        {
            var tier = tiers[n];
            var field = $"{within}.tiers[{n}].up_to";
            if (n == tiers.Count - 1)
            {
                if (tier.UpTo is not null)
                    check.Fail(new ApiError(422, "last_tier_open", $"{field} must be left out: the last tier has no end.", field));
            }
            else
            {
                check.Present(tier.UpTo is not null, field);
                check.Range(tier.UpTo, field, below + 1, Meter.UnitsMax);
                if (tier.UpTo is >= 1 and <= Meter.UnitsMax) below = tier.UpTo.Value;
            }

            Check(ref check, tier.Price, $"{within}.tiers[{n}].price");
            check.Range(tier.Flat, $"{within}.tiers[{n}].flat", 0, Money.OfferAmountMax);
        }
    }

    private static void Check(ref Check check, UnitPriceBody? price, string within)
    {
        if (price is null) return;
        check.Range(price.Amount, $"{within}.amount", 0, Money.OfferAmountMax);
        check.Range(price.Per, $"{within}.per", 1, Meter.UnitsMax);
    }

    private static UnitPrice ToPrice(UnitPriceBody price) => new(price.Amount, price.Per ?? 1);
}
