using System.Net.Http.Headers;
using System.Text;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>Calls a gateway with one API key.</summary>
internal sealed class ApiClient(HttpClient http, string? key)
{
    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Reply> PostAsync(string path, string? json = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, json, idempotencyKey);

    public Task<Reply> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public async Task<Reply> PutPictureAsync(string path, byte[] picture, string? contentType = "image/png")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new ByteArrayContent(picture) };
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(request);
    }

    /// <summary>Sends lines and reads the answers, one document per line.</summary>
    public async Task<Reply> StreamAsync(params string[] lines) =>
        await SendAsync(HttpMethod.Post, "/v1/commands", string.Join('\n', lines), contentType: "application/x-ndjson");

    public async Task<Reply> SendAsync(
        HttpMethod method, string path, string? body, string? idempotencyKey = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        if (key is not null && request.Headers.Authorization is null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        return new Reply(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
            response.Content.Headers.ContentType?.ToString()) { Bytes = await response.Content.ReadAsByteArrayAsync() };
    }
}
