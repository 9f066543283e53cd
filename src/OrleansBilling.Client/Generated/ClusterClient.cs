// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ClusterClient
{
    private readonly ApiTransport api;

    internal ClusterClient(ApiTransport api) => this.api = api;

    /// <summary>
    /// Shows every silo with its grains, its groups of due work, its queues, and whether the database answers it.
    /// </summary>
    /// <remarks>For administrators.</remarks>
    public Task<Cluster> GetAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, "/v1/cluster"),
            options, ApiJson.Default.Cluster, cancellationToken);
}
