using System.Collections.Immutable;

namespace OrleansBilling.Runtime.Sellers;

/// <summary>Who sells, as documents, mails and pages name the seller. A seller exists by being named; a profile is optional.</summary>
/// <param name="Id">The seller.</param>
/// <param name="Name">What customers know the seller by.</param>
public sealed record SellerProfile(string Id, string Name)
{
    /// <summary>The most addresses that a caller may send customers back to.</summary>
    public const int ReturnUrlsMax = 20;

    /// <summary>The name in contracts and on invoices; null for <see cref="Name"/>.</summary>
    public string? LegalName { get; init; }

    public SellerAddress? Address { get; init; }

    public string? TaxId { get; init; }

    public string? Email { get; init; }

    /// <summary>BCP 47 language tag.</summary>
    public string? Locale { get; init; }

    /// <summary>IANA time zone of reports.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The addresses that customers may be sent back to.</summary>
    public ImmutableArray<string> ReturnUrls { get; init; } = [];

    /// <summary>Counts edits, from 1.</summary>
    public int Revision { get; init; } = 1;
}

/// <summary>A postal address.</summary>
/// <param name="Lines">Street and number, and what else stands above the city.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
public sealed record SellerAddress(ImmutableArray<string> Lines, string? City, string? Region, string? PostalCode, string? Country)
{
    public const int LinesMax = 4;
}
