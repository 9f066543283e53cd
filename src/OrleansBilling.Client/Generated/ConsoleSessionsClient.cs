// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class ConsoleSessionsClient
{
    private readonly ApiTransport api;

    internal ConsoleSessionsClient(ApiTransport api) => this.api = api;

    /// <summary>Begins a session of the console.</summary>
    /// <remarks>
    /// Send an API key, or the code of a link, as Authorization: Bearer. A session lasts 12 hours, or as long as its key if
    /// that is shorter, and has the role and the scopes of its key. No session begins another. For administrators, sellers
    /// and partners.
    /// </remarks>
    public Task<ConsoleSession> CreateAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/console-sessions"),
            options, ApiJson.Default.ConsoleSession, cancellationToken);

    /// <summary>Ends all sessions of the same key or link.</summary>
    /// <remarks>Send the token of one of them, or the key itself. For administrators, sellers and partners.</remarks>
    public Task EndAllAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Delete, "/v1/console-sessions"),
            options, cancellationToken);

    /// <summary>Ends the session whose token is sent.</summary>
    /// <remarks>An API key is no session: it is left as it is. For administrators, sellers and partners.</remarks>
    public Task EndAsync(

        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Delete, "/v1/console-sessions/current"),
            options, cancellationToken);
}
