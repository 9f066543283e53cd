// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ClockClient
{
    private readonly ApiTransport api;

    internal ClockClient(ApiTransport api) => this.api = api;

    /// <summary>Shows the business time.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    public Task<Clock> GetAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, "/v1/clock"),
            options, ApiJson.Default.Clock, cancellationToken);

    /// <summary>
    /// Advances a virtual clock and does all due work; subscriptions whose work fails are skipped and listed.
    /// </summary>
    /// <remarks>For administrators.</remarks>
    public Task<ClockAdvanced> AdvanceAsync(
        ClockAdvanceBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/clock/advance",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ClockAdvanceBody), TakesKey: true),
            options, ApiJson.Default.ClockAdvanced, cancellationToken);
}
