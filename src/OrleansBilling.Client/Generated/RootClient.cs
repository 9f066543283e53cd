// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class RootClient
{
    private readonly ApiTransport api;

    internal RootClient(ApiTransport api) => this.api = api;

    /// <summary>Says what this is and where the API is described.</summary>
    /// <remarks>For everyone, without a key.</remarks>
    public Task<Root> GetAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, "/"),
            options, ApiJson.Default.Root, cancellationToken);
}
