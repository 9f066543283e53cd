using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A product's taxes as a request describes them.</summary>
internal static class TaxRequest
{
    public static void Check(ref Check check, TaxBody? body)
    {
        if (body is null || !check.List(body.Rates, "tax.rates", 1, TaxPolicy.RatesMax)) return;
        var named = new HashSet<string>(StringComparer.Ordinal);
        var ofCountry = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var n = 0; n < body.Rates.Length; n++)
        {
            var rate = body.Rates[n];
            var within = $"tax.rates[{n}]";
            check.Country(rate.Country, $"{within}.country");
            check.Text(rate.Name, $"{within}.name", FieldLimits.NameCharactersMax);
            check.Percent(rate.Percent, $"{within}.percent", 0);
            check.Once(named, $"{rate.Country}/{rate.Name}", $"{within}.name");

            var country = rate.Country ?? "";
            ofCountry[country] = ofCountry.GetValueOrDefault(country) + 1;
            if (ofCountry[country] > TaxPolicy.PerCountryMax)
                check.Fail(
                    new ApiError(422, "out_of_range", $"A country may have at most {TaxPolicy.PerCountryMax} taxes.", $"{within}.country"));
        }
    }

    public static TaxPolicy? ToPolicy(TaxBody? body) =>
        body is null
            ? null
            : new TaxPolicy(body.Inclusive, [.. body.Rates.Select(rate => new TaxRate(rate.Country, rate.Name, rate.Percent.Milli))]);
}
