// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ChargebacksClient
{
    private readonly ApiTransport api;

    internal ChargebacksClient(ApiTransport api) => this.api = api;

    /// <summary>Lists chargebacks of all subscriptions, newest first.</summary>
    /// <remarks>
    /// A chargeback and how its dispute ends appear within a second. While the list is derived again from the events, the
    /// answer is 503 rebuilding. For administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<Chargeback> ListAsync(
        ChargebacksListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists chargebacks of all subscriptions, newest first.</summary>
    public Task<ChargebackPage> ListPageAsync(
        ChargebacksListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/chargebacks").ToString()),
            options, ApiJson.Default.ChargebackPage, cancellationToken);
}
