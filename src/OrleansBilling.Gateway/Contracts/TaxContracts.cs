using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>How a product is taxed.</summary>
internal sealed record TaxBody
{
    /// <summary>Whether prices contain the tax. Otherwise it is added.</summary>
    public required bool Inclusive { get; init; }

    /// <summary>The taxes, at most five for each country.</summary>
    [Entries(1, TaxPolicy.RatesMax)]
    public required ImmutableArray<TaxRateBody> Rates { get; init; }
}

/// <summary>A tax of one country. Without a country, it applies to all countries that have no rate of their own.</summary>
internal sealed record TaxRateBody
{
    /// <summary>ISO 3166-1 alpha-2 code, such as BR; for all other countries if left out.</summary>
    [CountryCode]
    public string? Country { get; init; }

    /// <summary>What invoices call it, unique within the country.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public required string Name { get; init; }

    [PercentBounds(0, PriceReduction.WholeMilliPercent)]
    public required Percent Percent { get; init; }
}

/// <summary>How a product is taxed.</summary>
/// <param name="Inclusive">Whether prices contain the tax. Otherwise it is added.</param>
/// <param name="Rates">The taxes.</param>
internal sealed record TaxDocument(bool Inclusive, ImmutableArray<TaxRateDocument> Rates)
{
    public static TaxDocument From(TaxPolicy policy) =>
        new(policy.Inclusive,
            [.. policy.Rates.Select(rate => new TaxRateDocument(rate.Country, rate.Name, new Percent(rate.MilliPercent)))]);
}

/// <summary>A tax of one country. Without a country, it applies to all countries that have no rate of their own.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code; null for all other countries.</param>
/// <param name="Name">What invoices call it.</param>
internal sealed record TaxRateDocument(string? Country, string Name, Percent Percent);

/// <summary>One tax of an invoice. Prices contain an inclusive tax; an exclusive tax is a line of its own.</summary>
/// <param name="Name">What the product calls it.</param>
/// <param name="Country">The customer's country, ISO 3166-1 alpha-2; null if the rate is for all others.</param>
/// <param name="Inclusive">Whether the prices contain it.</param>
/// <param name="Base">Minor units that are taxed.</param>
/// <param name="Amount">The tax in minor units.</param>
internal sealed record InvoiceTaxDocument(string Name, string? Country, Percent Percent, bool Inclusive, long Base, long Amount)
{
    public static ImmutableArray<InvoiceTaxDocument> From(ImmutableArray<InvoiceTax> taxes) =>
        [.. taxes.Select(
            tax => new InvoiceTaxDocument(tax.Name, tax.Country, new Percent(tax.MilliPercent), tax.Inclusive, tax.Base, tax.Amount))];
}
