using System.Globalization;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <content>Checks of countries, currencies and percentages.</content>
internal partial struct Check
{
    /// <summary>Checks an ISO 3166-1 alpha-2 code.</summary>
    public void Country(string? value, string field)
    {
        if (value is not null && !Countries.Contains(value))
            Fail(new ApiError(422, "unknown_country", $"{field} must be an ISO 3166-1 alpha-2 code such as BR.", field));
    }

    /// <summary>Checks an ISO 4217 code.</summary>
    public void Currency(string? value, string field)
    {
        if (value is not null && !Domain.Catalog.Currency.TryParse(value, out _))
            Fail(new ApiError(422, "unknown_currency", $"{field} must be an ISO 4217 code such as BRL.", field));
    }

    /// <summary>Checks a discount or a share: exactly one of a percentage above 0 and up to 100, and an amount of at least 1.</summary>
    public void PercentOrAmount(Percent? percent, long? amount, string within)
    {
        ExactlyOne(percent is not null, $"{within}percent", amount is not null, $"{within}amount");
        Percent(percent, $"{within}percent", 1);
        Range(amount, $"{within}amount", 1, Money.OfferAmountMax);
    }

    /// <summary>Checks a percentage between a minimum in thousandths of a percent and 100.</summary>
    public void Percent(Percent? value, string field, int milliMin)
    {
        if (value is { } percent && (percent.Milli < milliMin || percent.Milli > PriceReduction.WholeMilliPercent))
            Fail(new ApiError(
                422, "out_of_range",
                string.Create(CultureInfo.InvariantCulture, $"{field} must be between {new Percent(milliMin).Value} and 100."), field));
    }
}
