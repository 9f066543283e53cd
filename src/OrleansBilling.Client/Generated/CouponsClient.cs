// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class CouponsClient
{
    private readonly ApiTransport api;

    internal CouponsClient(ApiTransport api) => this.api = api;

    /// <summary>Creates a coupon.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<Coupon> CreateAsync(
        CouponBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/coupons",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.CouponBody), TakesKey: true),
            options, ApiJson.Default.Coupon, cancellationToken);

    /// <summary>Lists coupons, ordered by id.</summary>
    /// <remarks>Codes are for their seller: a seller gets its own without asking. For administrators and sellers.</remarks>
    public IAsyncEnumerable<Coupon> ListAsync(
        CouponsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists coupons, ordered by id.</summary>
    public Task<CouponPage> ListPageAsync(
        CouponsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/coupons").ToString()),
            options, ApiJson.Default.CouponPage, cancellationToken);

    /// <summary>Shows a coupon and how many subscriptions redeemed it.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the coupon.</param>
    public Task<Coupon> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/coupons/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Coupon, cancellationToken);

    /// <summary>Changes when, and how often, a coupon can be redeemed.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the coupon.</param>
    public Task<Coupon> UpdateAsync(
        string id, CouponPatchBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Patch, $"/v1/coupons/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.CouponPatchBody)),
            options, ApiJson.Default.Coupon, cancellationToken);

    /// <summary>Ends a coupon now: nobody else redeems it, and who did keeps the discount.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the coupon.</param>
    public Task<Coupon> EndAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/coupons/{ApiPath.Segment(id)}/end",
                TakesKey: true),
            options, ApiJson.Default.Coupon, cancellationToken);

    /// <summary>Hides a coupon: it cannot be redeemed until it is taken out of the archive.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the coupon.</param>
    public Task<Coupon> ArchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/coupons/{ApiPath.Segment(id)}/archive",
                TakesKey: true),
            options, ApiJson.Default.Coupon, cancellationToken);

    /// <summary>Takes a coupon out of the archive.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the coupon.</param>
    public Task<Coupon> UnarchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/coupons/{ApiPath.Segment(id)}/unarchive",
                TakesKey: true),
            options, ApiJson.Default.Coupon, cancellationToken);
}
