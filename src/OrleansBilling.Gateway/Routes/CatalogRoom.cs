using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// The limits of the catalog: the size of a document, and the number of each kind that a seller may have. Concurrent
/// requests may exceed the number, at most by their own count.
/// </summary>
internal sealed class CatalogRoom(ICatalogCounts counts, EdgeLimits limits)
{
    /// <summary>Returns the error for a document that is too large, otherwise null.</summary>
    public ApiError? ValidateSize<T>(CatalogKind kind, T document, JsonTypeInfo<T> type)
    {
        var bytesMax = limits.DocumentBytes;
        return JsonSerializer.SerializeToUtf8Bytes(document, type).Length <= bytesMax
            ? null
            : new ApiError(
                422, "document_too_large",
                FormattableString.Invariant(
                    $"This {WordOf(kind)} would exceed {bytesMax} bytes, the limit set by Billing__CatalogDocumentBytes."));
    }

    /// <summary>Returns the error if the seller has the maximum of a kind, otherwise null. A new offer also counts as a version.</summary>
    public async ValueTask<ApiError?> RefuseMoreAsync(string sellerId, CatalogKind kind, CancellationToken cancellationToken)
    {
        if (kind == CatalogKind.Offer && await RefuseMoreAsync(sellerId, CatalogKind.OfferVersion, cancellationToken) is { } versions)
            return versions;
        var (max, words, setting) = LimitOf(kind);
        if (await counts.CountAsync(sellerId, kind, cancellationToken) < max) return null;
        return new ApiError(
            409, "catalog_full", FormattableString.Invariant($"This seller has {max} {words}, the limit set by Billing__{setting}."));
    }

    /// <summary>The singular, as error codes name it.</summary>
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
