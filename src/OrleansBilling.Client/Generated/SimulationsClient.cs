// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class SimulationsClient
{
    private readonly ApiTransport api;

    internal SimulationsClient(ApiTransport api) => this.api = api;

    /// <summary>
    /// Simulates a private copy of the book, unchanged and with other prices or dunning, without new sign-ups.
    /// </summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<AnsweredSimulation> CreateAsync(
        SimulationBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/simulations",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.SimulationBody), TakesKey: true),
            options, ApiJson.Default.AnsweredSimulation, cancellationToken);

    /// <summary>
    /// Lists simulations without their results, newest first; the latest 20 of each seller are kept for 30 days.
    /// </summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<SimulationList> ListAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, "/v1/simulations"),
            options, ApiJson.Default.SimulationList, cancellationToken);

    /// <summary>Shows the progress of a simulation, and its result once it is done.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the simulation.</param>
    public Task<AnsweredSimulation> GetAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/simulations/{ApiPath.Segment(id)}"),
            options, ApiJson.Default.AnsweredSimulation, cancellationToken);

    /// <summary>Cancels a waiting or running simulation; one that has ended stays as it is.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the simulation.</param>
    public Task CancelAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Delete, $"/v1/simulations/{ApiPath.Segment(id)}"),
            options, cancellationToken);
}
