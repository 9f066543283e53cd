// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class CustomersClient
{
    private readonly ApiTransport api;

    internal CustomersClient(ApiTransport api) => this.api = api;

    /// <summary>Creates a customer.</summary>
    /// <remarks>
    /// Not needed before a subscription: naming an unknown customer there creates it. For administrators.
    /// </remarks>
    public Task<Customer> CreateAsync(
        CustomerBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/customers",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.CustomerBody), TakesKey: true),
            options, ApiJson.Default.Customer, cancellationToken);

    /// <summary>Lists customers, the newest first.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public IAsyncEnumerable<Customer> ListAsync(
        CustomersListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists customers, the newest first.</summary>
    public Task<CustomerPage> ListPageAsync(
        CustomersListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/customers").ToString()),
            options, ApiJson.Default.CustomerPage, cancellationToken);

    /// <summary>Shows a customer.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the customer.</param>
    public Task<Customer> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/customers/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Customer, cancellationToken);

    /// <summary>Changes a customer.</summary>
    /// <remarks>
    /// A customer belongs to the marketplace, so a token that a seller made cannot change it. Subscriptions show the change
    /// at once; the country counts for new ones. For administrators and customers.
    /// </remarks>
    /// <param name="id">The id of the customer.</param>
    public Task<Customer> UpdateAsync(
        string id, CustomerPatchBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Patch, $"/v1/customers/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.CustomerPatchBody)),
            options, ApiJson.Default.Customer, cancellationToken);

    /// <summary>Lists the products that the customer has access to now, ordered by id.</summary>
    /// <remarks>
    /// Each product once, by the subscription that gives access for longest. Access lasts through a trial, a paid period
    /// and dunning; a pause and a cancellation at once end it. A seller gets its own products. For administrators, sellers
    /// and customers.
    /// </remarks>
    /// <param name="id">The id of the customer.</param>
    public IAsyncEnumerable<Entitlement> ListEntitlementsAsync(
        string id, CustomersListEntitlementsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListEntitlementsPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists the products that the customer has access to now, ordered by id.</summary>
    public Task<EntitlementList> ListEntitlementsPageAsync(
        string id, CustomersListEntitlementsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/customers/{ApiPath.Segment(id)}/entitlements").ToString()),
            options, ApiJson.Default.EntitlementList, cancellationToken);
}
