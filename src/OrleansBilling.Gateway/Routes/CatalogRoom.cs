using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Whether a seller may add to the catalog: a document has a size, and a seller a number of each kind. Requests of the
/// same instant may pass the number by as many as they are, not more.
/// </summary>
internal sealed class CatalogRoom(ICatalogCounts counts, EdgeLimits limits)
{
    /// <summary>Why a document is too large, or null.</summary>
    public ApiError? ValidateSize<T>(CatalogKind kind, T document, JsonTypeInfo<T> type)
    {
        var bytesMax = limits.DocumentBytes;
        return JsonSerializer.SerializeToUtf8Bytes(document, type).Length <= bytesMax
            ? null
            : new ApiError(
                422, "document_too_large",
                FormattableString.Invariant(
                    $"This {WordOf(kind)} would have more than {bytesMax} bytes, the most that Billing__CatalogDocumentBytes allows."));
    }

    /// <summary>Why no more of a kind may be added, or null. A new offer is a version, too.</summary>
    public async ValueTask<ApiError?> RefuseMoreAsync(string sellerId, CatalogKind kind, CancellationToken cancellationToken)
    {
        if (kind == CatalogKind.Offer && await RefuseMoreAsync(sellerId, CatalogKind.OfferVersion, cancellationToken) is { } versions)
            return versions;
        var (max, words, setting) = LimitOf(kind);
        if (await counts.CountAsync(sellerId, kind, cancellationToken) < max) return null;
        return new ApiError(
            409, "catalog_full", FormattableString.Invariant($"This seller has {max} {words}, the most that Billing__{setting} allows."));
    }

    /// <summary>In the singular, as codes of refusals name it.</summary>
    public static string WordOf(CatalogKind kind) => kind switch
    {
        CatalogKind.Product => "product",
        CatalogKind.Plan => "plan",
        CatalogKind.Offer or CatalogKind.OfferVersion => "offer",
        CatalogKind.Coupon => "coupon",
        _ => throw new InvalidOperationException($"{kind} is not known."),
    };

    private (int Max, string Words, string Setting) LimitOf(CatalogKind kind) => kind switch
    {
        CatalogKind.Product => (limits.Products, "products", "SellerProducts"),
        CatalogKind.Plan => (limits.Plans, "plans", "SellerPlans"),
        CatalogKind.Offer => (limits.Offers, "offers", "SellerOffers"),
        CatalogKind.OfferVersion => (limits.Versions, "versions of offers", "SellerOfferVersions"),
        CatalogKind.Coupon => (limits.Coupons, "coupons", "SellerCoupons"),
        _ => throw new InvalidOperationException($"{kind} is not known."),
    };
}
