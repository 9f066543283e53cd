using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/offers.</summary>
internal sealed record OfferBody
{
    public string? Id { get; init; }

    public required string PlanId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }
}

/// <summary>PUT /v1/offers/{id}: the next version. Plan and currency may be repeated, but not changed.</summary>
internal sealed record OfferVersionBody
{
    public required long Amount { get; init; }

    public string? Currency { get; init; }

    public string? PlanId { get; init; }
}

/// <summary>One version of an offer.</summary>
internal sealed record OfferDocument(string Id, int Version, string PlanId, long Amount, string Currency)
{
    public static OfferDocument From(Offer offer) => new(offer.Id, offer.Version, offer.PlanId, offer.Amount, offer.Currency);
}
