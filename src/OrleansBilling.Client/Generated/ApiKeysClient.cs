// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ApiKeysClient
{
    private readonly ApiTransport api;

    internal ApiKeysClient(ApiTransport api) => this.api = api;

    /// <summary>Creates an API key and shows its secret once.</summary>
    /// <remarks>For administrators.</remarks>
    public Task<ApiKey> CreateAsync(
        ApiKeyBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/api-keys",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ApiKeyBody), TakesKey: true),
            options, ApiJson.Default.ApiKey, cancellationToken);

    /// <summary>Lists API keys without their secrets, ordered by id.</summary>
    /// <remarks>For administrators.</remarks>
    public IAsyncEnumerable<ListedApiKey> ListAsync(
        ApiKeysListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists API keys without their secrets, ordered by id.</summary>
    public Task<ApiKeyPage> ListPageAsync(
        ApiKeysListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/api-keys").ToString()),
            options, ApiJson.Default.ApiKeyPage, cancellationToken);

    /// <summary>Shows an API key or a customer token without its secret.</summary>
    /// <remarks>For administrators.</remarks>
    /// <param name="id">The id of the api key.</param>
    public Task<ListedApiKey> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/api-keys/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.ListedApiKey, cancellationToken);

    /// <summary>Removes a customer token, or an API key together with the customer tokens made with it.</summary>
    /// <remarks>For administrators.</remarks>
    /// <param name="id">The id of the api key.</param>
    public Task RemoveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Delete, $"/v1/api-keys/{ApiPath.Segment(id)}"),
            options, cancellationToken);
}
