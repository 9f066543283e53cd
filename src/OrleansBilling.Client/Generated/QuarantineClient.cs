// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class QuarantineClient
{
    private readonly ApiTransport api;

    internal QuarantineClient(ApiTransport api) => this.api = api;

    /// <summary>Lists subscriptions whose due work fails, with the reason, ordered by id.</summary>
    /// <remarks>For administrators.</remarks>
    public IAsyncEnumerable<Quarantined> ListAsync(
        QuarantineListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists subscriptions whose due work fails, with the reason, ordered by id.</summary>
    public Task<QuarantinePage> ListPageAsync(
        QuarantineListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/quarantine").ToString()),
            options, ApiJson.Default.QuarantinePage, cancellationToken);

    /// <summary>
    /// Retries a subscription's due work at once; if it fails again, the subscription returns to the quarantine.
    /// </summary>
    /// <remarks>For administrators.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Released> ReleaseAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/quarantine/{ApiPath.Segment(id)}/release",
                TakesKey: true),
            options, ApiJson.Default.Released, cancellationToken);
}
