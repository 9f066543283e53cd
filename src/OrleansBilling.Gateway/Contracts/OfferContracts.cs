using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The terms of an offer, or of a version of it.</summary>
internal abstract record OfferTermsBody
{
    public required long Amount { get; init; }

    public IReadOnlyList<AddonBody>? Addons { get; init; }

    public IReadOnlyList<MeterBody>? Meters { get; init; }

    public IReadOnlyList<SplitPartBody>? Split { get; init; }

    /// <summary>Whether customers may switch to it themselves; true by default.</summary>
    public bool? CustomersMayChoose { get; init; }
}

/// <summary>POST /v1/offers.</summary>
internal sealed record OfferBody : OfferTermsBody
{
    public string? Id { get; init; }

    public required string PlanId { get; init; }

    public required string Currency { get; init; }
}

/// <summary>
/// PUT /v1/offers/{id}: the next version. Plan and currency may be repeated but not changed. Omitted add-ons, meters and split stay as
/// they are; empty ones are removed.
/// </summary>
internal sealed record OfferVersionBody : OfferTermsBody
{
    public string? Currency { get; init; }

    public string? PlanId { get; init; }
}

/// <summary>A recurring extra on top of the plan.</summary>
internal sealed record AddonBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long Amount { get; init; }
}

/// <summary>A party's share of every charge: percent or amount. Only an affiliate may have no id: it is the subscription's.</summary>
internal sealed record SplitPartBody
{
    public required SplitRole Role { get; init; }

    public string? PartyId { get; init; }

    public Percent? Percent { get; init; }

    public long? Amount { get; init; }
}

/// <summary>One version of an offer.</summary>
internal sealed record OfferDocument(
    string Id,
    int Version,
    string PlanId,
    long Amount,
    string Currency,
    ImmutableArray<AddonDocument> Addons,
    ImmutableArray<MeterDocument> Meters,
    ImmutableArray<SplitPartDocument> Split,
    bool CustomersMayChoose)
{
    public static OfferDocument From(Offer offer) => new(
        offer.Id,
        offer.Version,
        offer.PlanId,
        offer.Amount,
        offer.Currency,
        [.. offer.AddOns.Select(addOn => new AddonDocument(addOn.Id, addOn.Name, addOn.Amount))],
        [.. offer.Meters.Select(MeterDocument.From)],
        [.. offer.Split.Select(part => new SplitPartDocument(part.Role, part.PartyId, Percent.From(part.MilliPercent), part.Amount))],
        offer.CustomersMayChoose);
}

/// <summary>A recurring extra on top of the plan.</summary>
internal sealed record AddonDocument(string Id, string Name, long Amount);

/// <summary>A party's share of every charge: percent or amount.</summary>
internal sealed record SplitPartDocument(SplitRole Role, string? PartyId, Percent? Percent, long? Amount);
