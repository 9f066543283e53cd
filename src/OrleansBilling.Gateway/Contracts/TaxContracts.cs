using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>How a product is taxed.</summary>
internal sealed record TaxBody
{
    public required bool Inclusive { get; init; }

    public required ImmutableArray<TaxRateBody> Rates { get; init; }
}

/// <summary>A tax of one country. Without a country, it applies to all countries that have no rate of their own.</summary>
internal sealed record TaxRateBody
{
    public string? Country { get; init; }

    public required string Name { get; init; }

    public required Percent Percent { get; init; }
}

/// <summary>How a product is taxed.</summary>
internal sealed record TaxDocument(bool Inclusive, ImmutableArray<TaxRateDocument> Rates)
{
    public static TaxDocument From(TaxPolicy policy) =>
        new(policy.Inclusive,
            [.. policy.Rates.Select(rate => new TaxRateDocument(rate.Country, rate.Name, new Percent(rate.MilliPercent)))]);
}

/// <summary>A tax of one country. Without a country, it applies to all countries that have no rate of their own.</summary>
internal sealed record TaxRateDocument(string? Country, string Name, Percent Percent);

/// <summary>One tax of an invoice. Prices contain an inclusive tax; an exclusive tax is a line of its own.</summary>
internal sealed record InvoiceTaxDocument(string Name, string? Country, Percent Percent, bool Inclusive, long Base, long Amount)
{
    public static ImmutableArray<InvoiceTaxDocument> From(ImmutableArray<InvoiceTax> taxes) =>
        [.. taxes.Select(
            tax => new InvoiceTaxDocument(tax.Name, tax.Country, new Percent(tax.MilliPercent), tax.Inclusive, tax.Base, tax.Amount))];
}
