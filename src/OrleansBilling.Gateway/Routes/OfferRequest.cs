using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The contents of an offer or of a new version, as a request describes them.</summary>
internal static class OfferRequest
{
    public static void Check(ref Check check, OfferTermsBody body)
    {
        check.Range(body.Amount, "amount", 0, Money.OfferAmountMax);
        if (check.List(body.Addons, "addons", 0, Offer.AddOnsMax)) CheckAddons(ref check, body.Addons!);
        if (check.List(body.Meters, "meters", 0, Meter.PerOfferMax)) CheckMeters(ref check, body.Meters!);
        if (check.List(body.Split, "split", 0, SplitPart.PerOfferMax)) CheckSplit(ref check, body.Split!);
    }

    /// <summary>The offer with the request's values. Fields that are left out keep their values.</summary>
    public static Offer Apply(OfferTermsBody body, Offer before) => before with
    {
        Amount = body.Amount,
        AddOns = body.Addons is { } addons ? [.. addons.Select(addon => new AddOn(addon.Id, addon.Name, addon.Amount))] : before.AddOns,
        Meters = body.Meters is { } meters ? [.. meters.Select(MeterRequest.ToMeter)] : before.Meters,
        Split = body.Split is { } split
            ? [.. split.Select(part => new SplitPart(part.Role, part.PartyId, part.Percent?.Milli, part.Amount))]
            : before.Split,
        CustomersMayChoose = body.CustomersMayChoose ?? before.CustomersMayChoose,
    };

    private static void CheckAddons(ref Check check, IReadOnlyList<AddonBody> addons)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < addons.Count; n++)
        {
            var within = $"addons[{n}]";
            check.Id(addons[n].Id, $"{within}.id");
            check.Once(named, addons[n].Id, $"{within}.id");
            check.Text(addons[n].Name, $"{within}.name", FieldLimits.NameCharactersMax);
            check.Range(addons[n].Amount, $"{within}.amount", 0, Money.OfferAmountMax);
        }
    }

    private static void CheckMeters(ref Check check, IReadOnlyList<MeterBody> meters)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < meters.Count; n++)
        {
            MeterRequest.Check(ref check, meters[n], $"meters[{n}]");
            check.Once(named, meters[n].Id, $"meters[{n}].id");
        }
    }

    private static void CheckSplit(ref Check check, IReadOnlyList<SplitPartBody> split)
    {
        var milli = 0L;
        for (var n = 0; n < split.Count; n++)
        {
            var part = split[n];
            var within = $"split[{n}]";
            check.Id(part.PartyId, $"{within}.party_id");
            check.Present(part.PartyId is not null || part.Role == SplitRole.Affiliate, $"{within}.party_id");
            check.PercentOrAmount(part.Percent, part.Amount, $"{within}.");
            var before = milli;
            milli += part.Percent?.Milli ?? 0;
            if (before <= PriceReduction.WholeMilliPercent && milli > PriceReduction.WholeMilliPercent)
                check.Fail(new ApiError(422, "out_of_range", "The percents of split must not exceed 100 in total.", $"{within}.percent"));
        }
    }
}
