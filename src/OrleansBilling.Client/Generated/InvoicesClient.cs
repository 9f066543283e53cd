// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class InvoicesClient
{
    private readonly ApiTransport api;

    internal InvoicesClient(ApiTransport api) => this.api = api;

    /// <summary>Lists invoices of all subscriptions, newest first.</summary>
    /// <remarks>
    /// An invoice and what happens to it appear within a second. While the list is derived again from the events, the
    /// answer is 503 rebuilding. For administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<Invoice> ListAsync(
        InvoicesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists invoices of all subscriptions, newest first.</summary>
    public Task<InvoicePage> ListPageAsync(
        InvoicesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/invoices").ToString()),
            options, ApiJson.Default.InvoicePage, cancellationToken);

    /// <summary>Shows an invoice as it is now.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the invoice.</param>
    public Task<Invoice> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/invoices/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Invoice, cancellationToken);

    /// <summary>Retries an invoice at once, if it is its subscription's oldest overdue one.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the invoice.</param>
    public Task<Subscription> RetryAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/invoices/{ApiPath.Segment(id)}/retry",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);
}
