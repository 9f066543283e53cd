// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class WebhookEndpointsClient
{
    private readonly ApiTransport api;

    internal WebhookEndpointsClient(ApiTransport api) => this.api = api;

    /// <summary>Creates an endpoint and shows its secret once.</summary>
    /// <remarks>
    /// Events that happen from now on are sent to it as Standard Webhooks, those of one subscription in order, each until
    /// the endpoint answers with a status from 200 to 299. It may get an event more than once, always with the same id. For
    /// administrators and sellers.
    /// </remarks>
    public Task<WebhookSecret> CreateAsync(
        WebhookEndpointBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/webhook-endpoints",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.WebhookEndpointBody), TakesKey: true),
            options, ApiJson.Default.WebhookSecret, cancellationToken);

    /// <summary>Lists endpoints, ordered by id.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public IAsyncEnumerable<WebhookEndpoint> ListAsync(
        WebhookEndpointsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists endpoints, ordered by id.</summary>
    public Task<WebhookEndpointPage> ListPageAsync(
        WebhookEndpointsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/webhook-endpoints").ToString()),
            options, ApiJson.Default.WebhookEndpointPage, cancellationToken);

    /// <summary>Shows an endpoint.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public Task<WebhookEndpoint> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/webhook-endpoints/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Changes, disables or enables an endpoint.</summary>
    /// <remarks>What happens while it is disabled waits and is sent afterwards. For administrators and sellers.</remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public Task<WebhookEndpoint> UpdateAsync(
        string id, WebhookEndpointPatchBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Patch, $"/v1/webhook-endpoints/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.WebhookEndpointPatchBody)),
            options, ApiJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Removes an endpoint; what waits for it is not sent.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public Task RemoveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Delete, $"/v1/webhook-endpoints/{ApiPath.Segment(id)}"),
            options, cancellationToken);

    /// <summary>Replaces the secret and shows the new one once.</summary>
    /// <remarks>
    /// For some hours, both sign each event. Meanwhile it is replaced again only with overlap_hours 0, which ends all
    /// earlier secrets at once. For administrators and sellers.
    /// </remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public Task<WebhookSecret> RotateSecretAsync(
        string id, RotateSecretBody? body = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/webhook-endpoints/{ApiPath.Segment(id)}/rotate-secret",
                body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.RotateSecretBody), TakesKey: true),
            options, ApiJson.Default.WebhookSecret, cancellationToken);

    /// <summary>Lists what was sent to an endpoint, and what waits for it, the newest event first.</summary>
    /// <remarks>
    /// Deliveries that ended are kept for 90 days, unless the installation has another setting. For administrators and
    /// sellers.
    /// </remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public IAsyncEnumerable<WebhookDelivery> ListDeliveriesAsync(
        string id, WebhookEndpointsListDeliveriesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListDeliveriesPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists what was sent to an endpoint, and what waits for it, the newest event first.</summary>
    public Task<WebhookDeliveryPage> ListDeliveriesPageAsync(
        string id, WebhookEndpointsListDeliveriesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/webhook-endpoints/{ApiPath.Segment(id)}/deliveries").ToString()),
            options, ApiJson.Default.WebhookDeliveryPage, cancellationToken);

    /// <summary>Sends a test event now and tells what came of it.</summary>
    /// <remarks>It is signed like any event, and its type is endpoint.test. For administrators and sellers.</remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public Task<WebhookTest> TestAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/webhook-endpoints/{ApiPath.Segment(id)}/test",
                TakesKey: true),
            options, ApiJson.Default.WebhookTest, cancellationToken);

    /// <summary>Sends past events again, with their ids of before.</summary>
    /// <remarks>
    /// They are sent in order, beside new events. A receiver that has seen an event knows it by its id. For administrators
    /// and sellers.
    /// </remarks>
    /// <param name="id">The id of the webhook endpoint.</param>
    public Task<WebhookReplay> ReplayAsync(
        string id, WebhookReplayBody? body = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/webhook-endpoints/{ApiPath.Segment(id)}/replay",
                body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.WebhookReplayBody), TakesKey: true),
            options, ApiJson.Default.WebhookReplay, cancellationToken);
}
