// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class EventsClient
{
    private readonly ApiTransport api;

    internal EventsClient(ApiTransport api) => this.api = api;

    /// <summary>Lists the events of all subscriptions, and which endpoints were disabled.</summary>
    /// <remarks>
    /// The order never changes, and a reader that follows next_cursor misses no event. An event appears within a second.
    /// Events of one subscription are in the order in which they happened. An endpoint that its owner disables is no event.
    /// For administrators and sellers.
    /// </remarks>
    public Task<FeedPage> ListAsync(
        EventsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/events").ToString()),
            options, ApiJson.Default.FeedPage, cancellationToken);
}
