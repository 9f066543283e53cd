// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ProductsClient
{
    private readonly ApiTransport api;

    internal ProductsClient(ApiTransport api) => this.api = api;

    /// <summary>Creates a product.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<Product> CreateAsync(
        ProductBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/products",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ProductBody), TakesKey: true),
            options, ApiJson.Default.Product, cancellationToken);

    /// <summary>Shows a product.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the product.</param>
    public Task<Product> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/products/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Product, cancellationToken);
}
