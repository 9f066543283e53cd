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

    /// <summary>Shows a plan.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the plan.</param>
    public Task<Plan> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/plans/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.Plan, cancellationToken);
}
