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
}
