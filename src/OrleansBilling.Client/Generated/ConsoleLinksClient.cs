// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ConsoleLinksClient
{
    private readonly ApiTransport api;

    internal ConsoleLinksClient(ApiTransport api) => this.api = api;

    /// <summary>Makes a link that signs in to the console once, within 15 minutes.</summary>
    /// <remarks>
    /// The part after # is a secret that no server logs. The sessions of a link end when the key that made it is removed.
    /// For administrators.
    /// </remarks>
    public Task<ConsoleLink> CreateAsync(
        ConsoleLinkBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/console-links",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ConsoleLinkBody)),
            options, ApiJson.Default.ConsoleLink, cancellationToken);
}
