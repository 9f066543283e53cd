using System.Collections.Immutable;
using OrleansBilling.Runtime.Sellers;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>PUT /v1/sellers/{id}: the whole profile. What is left out is not known.</summary>
internal sealed record SellerBody
{
    /// <summary>What customers know the seller by.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public required string Name { get; init; }

    /// <summary>The name in contracts and on invoices; the name if it is left out.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? LegalName { get; init; }

    /// <summary>The postal address, for invoices.</summary>
    public SellerAddressBody? Address { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    [Text(FieldLimits.TaxIdCharactersMax)]
    public string? TaxId { get; init; }

    /// <summary>Where customers and the marketplace reach the seller.</summary>
    [Email]
    public string? Email { get; init; }

    /// <summary>The seller's language: a BCP 47 tag such as pt-BR.</summary>
    [Locale]
    public string? Locale { get; init; }

    /// <summary>IANA time zone of reports, such as America/Sao_Paulo.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Addresses that customers may be sent back to: https, without a password and a fragment, each once.</summary>
    [Text(FieldLimits.UrlCharactersMax)]
    [Entries(0, SellerProfile.ReturnUrlsMax, Unique = true)]
    public IReadOnlyList<string>? ReturnUrls { get; init; }
}

/// <summary>A postal address.</summary>
internal sealed record SellerAddressBody
{
    /// <summary>Street and number, and what else stands above the city.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    [Entries(0, SellerAddress.LinesMax)]
    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>The city.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? City { get; init; }

    /// <summary>The state or province.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Region { get; init; }

    /// <summary>The postal code.</summary>
    [Text(FieldLimits.PostalCodeCharactersMax)]
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    [CountryCode]
    public string? Country { get; init; }
}

/// <summary>Who sells. Fields that are not known are null.</summary>
/// <param name="Id">The seller.</param>
/// <param name="Name">What customers know the seller by.</param>
/// <param name="LegalName">The name in contracts and on invoices.</param>
/// <param name="Address">The postal address.</param>
/// <param name="TaxId">The tax number, as it stands on invoices.</param>
/// <param name="Email">Where customers and the marketplace reach the seller.</param>
/// <param name="Locale">The seller's language: a BCP 47 tag.</param>
/// <param name="TimeZone">IANA time zone of reports.</param>
/// <param name="ReturnUrls">Addresses that customers may be sent back to.</param>
internal sealed record SellerDocument(
    string Id, string Name, string? LegalName, SellerAddressDocument? Address, string? TaxId, string? Email, string? Locale,
    string? TimeZone, ImmutableArray<string> ReturnUrls)
{
    public static SellerDocument From(SellerProfile seller) => new(
        seller.Id, seller.Name, seller.LegalName, seller.Address is { } address ? SellerAddressDocument.From(address) : null, seller.TaxId,
        seller.Email, seller.Locale, seller.TimeZone, seller.ReturnUrls);
}

/// <summary>A postal address.</summary>
/// <param name="Lines">Street and number, and what else stands above the city.</param>
/// <param name="City">The city.</param>
/// <param name="Region">The state or province.</param>
/// <param name="PostalCode">The postal code.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
internal sealed record SellerAddressDocument(
    ImmutableArray<string> Lines, string? City, string? Region, string? PostalCode, string? Country)
{
    public static SellerAddressDocument From(SellerAddress address) =>
        new(address.Lines, address.City, address.Region, address.PostalCode, address.Country);
}

/// <summary>What a seller's logo is like.</summary>
/// <param name="SellerId">The seller.</param>
/// <param name="ContentType">The media type of the picture.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">The size of the picture.</param>
internal sealed record SellerLogoDocument(string SellerId, string ContentType, int Width, int Height, int Bytes);
