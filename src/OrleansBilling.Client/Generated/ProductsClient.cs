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

    /// <summary>Lists products, ordered by id.</summary>
    /// <remarks>
    /// What is archived is listed for its seller and for administrators. Others do not see loyalty and retention. For
    /// administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<Product> ListAsync(
        ProductsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists products, ordered by id.</summary>
    public Task<ProductPage> ListPageAsync(
        ProductsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/products").ToString()),
            options, ApiJson.Default.ProductPage, cancellationToken);

    /// <summary>Shows a product.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the product.</param>
    public Task<Product> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/products/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Product, cancellationToken);

    /// <summary>Changes a product; changes bind what comes later.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the product.</param>
    public Task<Product> UpdateAsync(
        string id, ProductPatchBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Patch, $"/v1/products/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ProductPatchBody)),
            options, ApiJson.Default.Product, cancellationToken);

    /// <summary>Hides a product from new sales; running subscriptions go on.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the product.</param>
    public Task<Product> ArchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/products/{ApiPath.Segment(id)}/archive",
                TakesKey: true),
            options, ApiJson.Default.Product, cancellationToken);

    /// <summary>Puts an archived product on sale again.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the product.</param>
    public Task<Product> UnarchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/products/{ApiPath.Segment(id)}/unarchive",
                TakesKey: true),
            options, ApiJson.Default.Product, cancellationToken);
}
