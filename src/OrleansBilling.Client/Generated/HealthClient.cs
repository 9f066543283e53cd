// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class HealthClient
{
    private readonly ApiTransport api;

    internal HealthClient(ApiTransport api) => this.api = api;

    /// <summary>Shows that the process is alive.</summary>
    /// <remarks>For everyone, without a key.</remarks>
    public Task<Health> LiveAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, "/health/live"),
            options, ApiJson.Default.Health, cancellationToken);

    /// <summary>Shows whether the journal answers and accepts commits, and a silo can take commands.</summary>
    /// <remarks>For everyone, without a key.</remarks>
    public Task<Health> ReadyAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, "/health/ready"),
            options, ApiJson.Default.Health, cancellationToken);
}
