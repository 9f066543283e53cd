using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>What may be said of a customer.</summary>
internal abstract record CustomerFieldsBody
{
    /// <summary>The mail address. Corrected here, it is corrected in every subscription.</summary>
    [Email]
    public string? Email { get; init; }

    /// <summary>The name of the person or company.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code. New subscriptions take it over for taxes; those that run keep theirs.</summary>
    [CountryCode]
    public string? Country { get; init; }

    /// <summary>The language of mails and documents: a BCP 47 tag such as pt-BR.</summary>
    [Locale]
    public string? Locale { get; init; }

    /// <summary>The tax number, as it stands on invoices.</summary>
    [Text(FieldLimits.TaxIdCharactersMax)]
    public string? TaxId { get; init; }

    /// <summary>By which ways the customer may be reached.</summary>
    public ChannelsBody? Channels { get; init; }
}

/// <summary>POST /v1/customers.</summary>
internal sealed record CustomerBody : CustomerFieldsBody
{
    /// <summary>Your id of the customer; one that sorts by time is made if it is left out. It cannot be changed.</summary>
    [Id]
    public string? Id { get; init; }

    /// <summary>Names and values of your own: at most 50, names of 1 to 64 characters, values of at most 500.</summary>
    [Pairs(FieldLimits.MetadataPairsMax, FieldLimits.MetadataValueCharactersMax)]
    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>A change of a customer, as a merge patch (RFC 7396): what is left out stays, null removes.</summary>
internal sealed record CustomerPatchBody : CustomerFieldsBody
{
    /// <summary>Names and values of your own, at most 50. A name with null is removed.</summary>
    [Pairs(FieldLimits.MetadataPairsMax, FieldLimits.MetadataValueCharactersMax, Patches = true)]
    public Dictionary<string, string?>? Metadata { get; init; }
}

/// <summary>By which ways a customer may be reached.</summary>
internal sealed record ChannelsBody
{
    /// <summary>Whether the customer takes mails that are not required by law; true if it is left out.</summary>
    public bool? Email { get; init; }
}

/// <summary>A customer of the marketplace. Fields that are not known are null.</summary>
/// <param name="Id">Your id of the customer.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Name">The name of the person or company.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
/// <param name="Locale">The language of mails and documents: a BCP 47 tag.</param>
/// <param name="TaxId">The tax number, as it stands on invoices.</param>
/// <param name="Channels">By which ways the customer may be reached.</param>
/// <param name="Metadata">Names and values of your own.</param>
/// <param name="CreatedAt">When it was made, or first named by a subscription.</param>
internal sealed record CustomerDocument(
    string Id, string? Email, string? Name, string? Country, string? Locale, string? TaxId, ChannelsDocument Channels,
    IReadOnlyDictionary<string, string>? Metadata, Instant CreatedAt)
{
    public static CustomerDocument From(CustomerProfile customer) => new(
        customer.Id, customer.Email, customer.Name, customer.Country, customer.Locale, customer.TaxId,
        new ChannelsDocument(customer.TakesMails), customer.Metadata, customer.CreatedAt);
}

/// <summary>By which ways a customer may be reached.</summary>
/// <param name="Email">Whether the customer takes mails that are not required by law.</param>
internal sealed record ChannelsDocument(bool Email);

/// <summary>A page of customers, the newest first.</summary>
internal sealed record CustomerPage(ImmutableArray<CustomerDocument> Data, string? NextCursor);

/// <summary>A product that a customer has access to.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="PlanId">The plan of the subscription.</param>
/// <param name="OfferId">The offer of the subscription.</param>
/// <param name="SubscriptionId">The subscription that gives access.</param>
/// <param name="Status">Where that subscription is in its life.</param>
/// <param name="Until">The first instant without access, as things stand. A renewal moves it; it may be past while one is late.</param>
internal sealed record EntitlementDocument(
    string ProductId, string PlanId, string OfferId, string SubscriptionId, SubscriptionStatus Status, Instant Until);

/// <summary>A page of the products that a customer has access to now, ordered by id.</summary>
internal sealed record EntitlementList(ImmutableArray<EntitlementDocument> Data, string? NextCursor);
