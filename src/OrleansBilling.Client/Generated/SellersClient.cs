// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class SellersClient
{
    private readonly ApiTransport api;

    internal SellersClient(ApiTransport api) => this.api = api;

    /// <summary>Stores a seller's profile.</summary>
    /// <remarks>
    /// The whole profile is replaced. A seller exists by being named; a profile is optional. For administrators and
    /// sellers.
    /// </remarks>
    /// <param name="id">The id of the seller.</param>
    public Task<Seller> PutAsync(
        string id, SellerBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Put, $"/v1/sellers/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.SellerBody)),
            options, ApiJson.Default.Seller, cancellationToken);

    /// <summary>Shows a seller's profile.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the seller.</param>
    public Task<Seller> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/sellers/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Seller, cancellationToken);

    /// <summary>Removes a seller's logo.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the seller.</param>
    public Task DeleteLogoAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Delete, $"/v1/sellers/{ApiPath.Segment(id)}/logo"),
            options, cancellationToken);
}
