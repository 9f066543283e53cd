// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class CreditNotesClient
{
    private readonly ApiTransport api;

    internal CreditNotesClient(ApiTransport api) => this.api = api;

    /// <summary>Lists credit notes of all subscriptions, newest first.</summary>
    /// <remarks>
    /// A credit note appears within a second. While the list is derived again from the events, the answer is 503
    /// rebuilding. For administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<CreditNote> ListAsync(
        CreditNotesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists credit notes of all subscriptions, newest first.</summary>
    public Task<CreditNotePage> ListPageAsync(
        CreditNotesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/credit-notes").ToString()),
            options, ApiJson.Default.CreditNotePage, cancellationToken);
}
