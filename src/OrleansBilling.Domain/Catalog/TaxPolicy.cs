using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>A tax of one country.</summary>
/// <param name="Country">
/// ISO 3166-1 alpha-2 code of the customer's country. Null for customers without a country, or in a country that has no
/// rate of its own.
/// </param>
/// <param name="Name">Display name: VAT, GST, ISS.</param>
/// <param name="MilliPercent">Thousandths of a percent, 0 to 100,000 (9.975 % is 9,975).</param>
public sealed record TaxRate(string? Country, string Name, int MilliPercent);

/// <summary>How a product is taxed. Each rate is rounded once per invoice.</summary>
/// <param name="Inclusive">Whether prices include the tax; otherwise it is added.</param>
/// <param name="Rates">All rates that match the customer's country apply.</param>
public sealed record TaxPolicy(bool Inclusive, ImmutableArray<TaxRate> Rates)
{
    /// <summary>The most rates that a product may have.</summary>
    public const int RatesMax = 500;

    /// <summary>The most rates that may apply to one customer.</summary>
    public const int PerCountryMax = 5;
}
