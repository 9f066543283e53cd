using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The terms of an offer, or of a version of it.</summary>
internal abstract record OfferTermsBody
{
    /// <summary>The price of one recurrence in minor units, without add-ons.</summary>
    [Bounds(0, Money.OfferAmountMax)]
    public required long Amount { get; init; }

    /// <summary>Extras that subscriptions can have.</summary>
    [Entries(0, Offer.AddOnsMax)]
    public IReadOnlyList<AddonBody>? Addons { get; init; }

    /// <summary>Usage that is metered and billed.</summary>
    [Entries(0, Domain.Catalog.Meter.PerOfferMax)]
    public IReadOnlyList<MeterBody>? Meters { get; init; }

    /// <summary>Who else gets a share of each charge; the seller gets the rest. Percents add up to at most 100.</summary>
    [Entries(0, SplitPart.PerOfferMax)]
    public IReadOnlyList<SplitPartBody>? Split { get; init; }

    /// <summary>Whether customers may switch to it themselves; true by default.</summary>
    public bool? CustomersMayChoose { get; init; }
}

/// <summary>POST /v1/offers.</summary>
internal sealed record OfferBody : OfferTermsBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    [Id]
    public string? Id { get; init; }

    /// <summary>The plan that it sells.</summary>
    [Id]
    public required string PlanId { get; init; }

    /// <summary>ISO 4217 code.</summary>
    [CurrencyCode]
    public required string Currency { get; init; }
}

/// <summary>
/// PUT /v1/offers/{id}: the next version. Plan and currency may be repeated but not changed. Omitted add-ons, meters and split stay as
/// they are; empty ones are removed.
/// </summary>
internal sealed record OfferVersionBody : OfferTermsBody
{
    /// <summary>ISO 4217 code; must be the offer's.</summary>
    public string? Currency { get; init; }

    /// <summary>The plan; must be the offer's.</summary>
    public string? PlanId { get; init; }
}

/// <summary>A recurring extra on top of the plan.</summary>
internal sealed record AddonBody
{
    /// <summary>The add-on's id, unique within the offer.</summary>
    [Id]
    public required string Id { get; init; }

    /// <summary>What invoices call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public required string Name { get; init; }

    /// <summary>The price of one recurrence in minor units.</summary>
    [Bounds(0, Money.OfferAmountMax)]
    public required long Amount { get; init; }
}

/// <summary>A party's share of every charge: percent or amount. Only an affiliate may have no id: it is the subscription's.</summary>
internal sealed record SplitPartBody
{
    /// <summary>Why the party gets a share.</summary>
    public required SplitRole Role { get; init; }

    /// <summary>The party. Only an affiliate may be left out: it is then the one who referred the subscription.</summary>
    [Id]
    public string? PartyId { get; init; }

    /// <summary>Percent of the charge net of tax. Either this or amount.</summary>
    [PercentBounds(1, PriceReduction.WholeMilliPercent)]
    public Percent? Percent { get; init; }

    /// <summary>Minor units of each charge. Either this or percent.</summary>
    [Bounds(1, Money.OfferAmountMax)]
    public long? Amount { get; init; }
}

/// <summary>One version of an offer.</summary>
/// <param name="Version">Counted from 1. Subscriptions keep the version that they started with.</param>
/// <param name="Amount">The price of one recurrence in minor units, without add-ons.</param>
/// <param name="Addons">Extras that subscriptions can have.</param>
/// <param name="Meters">Usage that is metered and billed.</param>
/// <param name="Split">Who else gets a share of each charge; the seller gets the rest.</param>
/// <param name="CustomersMayChoose">Whether customers may switch to it themselves.</param>
/// <param name="Archived">Whether it is hidden from new sales.</param>
/// <param name="CreatedAt">When its first version was created; null for offers from before this was stored.</param>
internal sealed record OfferDocument(
    string Id,
    int Version,
    string PlanId,
    long Amount,
    string Currency,
    ImmutableArray<AddonDocument> Addons,
    ImmutableArray<MeterDocument> Meters,
    ImmutableArray<SplitPartDocument> Split,
    bool CustomersMayChoose,
    bool Archived,
    Instant? CreatedAt)
{
    public static OfferDocument From(Shelved<Offer> shelved) => From(shelved.Entry, shelved);

    /// <summary>As customers and other sellers see it: without who shares the money.</summary>
    public static OfferDocument InPublic(Shelved<Offer> shelved) => From(shelved) with { Split = [] };

    private static OfferDocument From(Offer offer, Shelved<Offer> shelved) => new(
        offer.Id,
        offer.Version,
        offer.PlanId,
        offer.Amount,
        offer.Currency,
        [.. offer.AddOns.Select(addOn => new AddonDocument(addOn.Id, addOn.Name, addOn.Amount))],
        [.. offer.Meters.Select(MeterDocument.From)],
        [.. offer.Split.Select(part => new SplitPartDocument(part.Role, part.PartyId, Percent.From(part.MilliPercent), part.Amount))],
        offer.CustomersMayChoose,
        shelved.ArchivedAt is not null,
        shelved.CreatedAt);
}

/// <summary>A recurring extra on top of the plan.</summary>
/// <param name="Id">The add-on's id, unique within the offer.</param>
/// <param name="Name">What invoices call it.</param>
/// <param name="Amount">The price of one recurrence in minor units.</param>
internal sealed record AddonDocument(string Id, string Name, long Amount);

/// <summary>A party's share of every charge: percent or amount.</summary>
/// <param name="Role">Why the party gets a share.</param>
/// <param name="PartyId">The party; null for the affiliate who referred the subscription.</param>
/// <param name="Percent">Percent of the charge net of tax; null if the share is an amount.</param>
/// <param name="Amount">Minor units of each charge; null if the share is a percentage.</param>
internal sealed record SplitPartDocument(SplitRole Role, string? PartyId, Percent? Percent, long? Amount);
