// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class CustomerTokensClient
{
    private readonly ApiTransport api;

    internal CustomerTokensClient(ApiTransport api) => this.api = api;

    /// <summary>Creates a short-lived token for a customer and shows it once.</summary>
    /// <remarks>
    /// The token becomes invalid when the API key that made it expires or is removed. It is limited to the scopes of that
    /// key. For administrators and sellers.
    /// </remarks>
    public Task<CustomerToken> CreateAsync(
        CustomerTokenBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/customer-tokens",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.CustomerTokenBody), TakesKey: true),
            options, ApiJson.Default.CustomerToken, cancellationToken);
}
