// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class SearchClient
{
    private readonly ApiTransport api;

    internal SearchClient(ApiTransport api) => this.api = api;

    /// <summary>Finds subscriptions, customers and invoices by what is known of them.</summary>
    /// <remarks>
    /// The best match comes first: an exact id, an exact mail address, an invoice number, then the beginning of an id or of
    /// a mail address (from 3 characters on), then that of a word in a customer's name (from 2 on). Subscriptions of the
    /// customers found come with them. The list shows the first matches only and has no next page. What was acknowledged
    /// before is found. For administrators, sellers and customers.
    /// </remarks>
    public Task<SearchResultList> FindAsync(
        SearchFindQuery query,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, query.At("/v1/search").ToString()),
            options, ApiJson.Default.SearchResultList, cancellationToken);
}
