// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class MessagesClient
{
    private readonly ApiTransport api;

    internal MessagesClient(ApiTransport api) => this.api = api;

    /// <summary>Lists messages waiting for delivery, oldest first.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public IAsyncEnumerable<Message> ListAsync(
        MessagesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists messages waiting for delivery, oldest first.</summary>
    public Task<MessageList> ListPageAsync(
        MessagesListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/messages").ToString()),
            options, ApiJson.Default.MessageList, cancellationToken);

    /// <summary>Removes delivered messages.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<MessagesRemoved> RemoveAsync(
        RemoveMessagesBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/messages/remove",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.RemoveMessagesBody), TakesKey: true),
            options, ApiJson.Default.MessagesRemoved, cancellationToken);
}
