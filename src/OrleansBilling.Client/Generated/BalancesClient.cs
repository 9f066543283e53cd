// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class BalancesClient
{
    private readonly ApiTransport api;

    internal BalancesClient(ApiTransport api) => this.api = api;

    /// <summary>Lists what each party is owed, by seller and currency.</summary>
    /// <remarks>For administrators and sellers.</remarks>
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
}
