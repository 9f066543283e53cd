// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class PlansClient
{
    private readonly ApiTransport api;

    internal PlansClient(ApiTransport api) => this.api = api;

    /// <summary>Creates a plan of a product.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<Plan> CreateAsync(
        PlanBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/plans",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.PlanBody), TakesKey: true),
            options, ApiJson.Default.Plan, cancellationToken);

    /// <summary>Lists plans, ordered by id.</summary>
    /// <remarks>
    /// What is archived is listed for its seller and for administrators. For administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<Plan> ListAsync(
        PlansListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists plans, ordered by id.</summary>
    public Task<PlanPage> ListPageAsync(
        PlansListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/plans").ToString()),
            options, ApiJson.Default.PlanPage, cancellationToken);

    /// <summary>Shows a plan.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the plan.</param>
    public Task<Plan> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/plans/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Plan, cancellationToken);

    /// <summary>Changes a plan; changes bind what comes later.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the plan.</param>
    public Task<Plan> UpdateAsync(
        string id, PlanPatchBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Patch, $"/v1/plans/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.PlanPatchBody)),
            options, ApiJson.Default.Plan, cancellationToken);

    /// <summary>Hides a plan from new sales; running subscriptions go on.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the plan.</param>
    public Task<Plan> ArchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/plans/{ApiPath.Segment(id)}/archive",
                TakesKey: true),
            options, ApiJson.Default.Plan, cancellationToken);

    /// <summary>Puts an archived plan on sale again.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the plan.</param>
    public Task<Plan> UnarchiveAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/plans/{ApiPath.Segment(id)}/unarchive",
                TakesKey: true),
            options, ApiJson.Default.Plan, cancellationToken);
}
