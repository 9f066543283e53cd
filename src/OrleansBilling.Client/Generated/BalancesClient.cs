// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class BalancesClient
{
    private readonly ApiTransport api;

    internal BalancesClient(ApiTransport api) => this.api = api;

    /// <summary>Lists what each party is owed, by seller and currency.</summary>
    /// <remarks>For administrators, sellers and partners.</remarks>
    public IAsyncEnumerable<Balance> ListAsync(
        BalancesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists what each party is owed, by seller and currency.</summary>
    public Task<BalancePage> ListPageAsync(
        BalancesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/balances").ToString()),
            options, ApiJson.Default.BalancePage, cancellationToken);

    /// <summary>Lists every movement of a party's balances, newest first.</summary>
    /// <remarks>
    /// The entries of a seller, a party and a currency sum up to their balance, once the last movement is listed, which
    /// takes less than a second. A seller sees what its own products moved, and what other sellers' products moved for it.
    /// While the list is derived again from the events, the answer is 503 rebuilding. For administrators, sellers and
    /// partners.
    /// </remarks>
    /// <param name="id">The id of the party: a seller, the platform, a co-producer or an affiliate.</param>
    public IAsyncEnumerable<BalanceEntry> ListEntriesAsync(
        string id, BalancesListEntriesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListEntriesPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists every movement of a party's balances, newest first.</summary>
    public Task<BalanceEntryPage> ListEntriesPageAsync(
        string id, BalancesListEntriesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/balances/{ApiPath.Segment(id)}/entries").ToString()),
            options, ApiJson.Default.BalanceEntryPage, cancellationToken);
}
