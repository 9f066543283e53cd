// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class OffersClient
{
    private readonly ApiTransport api;

    internal OffersClient(ApiTransport api) => this.api = api;

    /// <summary>Creates an offer of a plan.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<Offer> CreateAsync(
        OfferBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/offers",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.OfferBody), TakesKey: true),
            options, ApiJson.Default.Offer, cancellationToken);

    /// <summary>Lists offers in their newest version, ordered by id.</summary>
    /// <remarks>
    /// What is archived is listed for its seller and for administrators. Others do not see who shares the money. For
    /// administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<Offer> ListAsync(
        OffersListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists offers in their newest version, ordered by id.</summary>
    public Task<OfferPage> ListPageAsync(
        OffersListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/offers").ToString()),
            options, ApiJson.Default.OfferPage, cancellationToken);

    /// <summary>Creates the next version of an offer; running subscriptions keep theirs.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the offer.</param>
    public Task<Offer> AddVersionAsync(
        string id, OfferVersionBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Put, $"/v1/offers/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.OfferVersionBody), TakesKey: true),
            options, ApiJson.Default.Offer, cancellationToken);

    /// <summary>Shows the newest version of an offer.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the offer.</param>
    public Task<Offer> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/offers/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Offer, cancellationToken);

    /// <summary>Hides an offer from new sales; running subscriptions go on.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the offer.</param>
    public Task<Offer> ArchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/offers/{ApiPath.Segment(id)}/archive",
                TakesKey: true),
            options, ApiJson.Default.Offer, cancellationToken);

    /// <summary>Puts an archived offer on sale again.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the offer.</param>
    public Task<Offer> UnarchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/offers/{ApiPath.Segment(id)}/unarchive",
                TakesKey: true),
            options, ApiJson.Default.Offer, cancellationToken);
}
