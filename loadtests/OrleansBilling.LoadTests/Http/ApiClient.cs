using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.LoadTests.Http;

/// <summary>An API client over HttpClient, for set-up, audits and calls that need no precise measurement.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient client;

    private static readonly TimeSpan TimeoutUsual = TimeSpan.FromMinutes(1);

    public ApiClient(Uri address, string key, TimeSpan? timeout = null)
    {
        client = new HttpClient { BaseAddress = address, Timeout = timeout ?? TimeoutUsual };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<ApiAnswer> PostAsync(string path, string body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Body(body, "application/json") };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(request, cancellationToken);
    }

    public Task<ApiAnswer> PutAsync(string path, string body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = Body(body, "application/json") }, cancellationToken);

    public Task<ApiAnswer> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);

    public Task<ApiAnswer> StreamAsync(IEnumerable<string> lines, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/commands")
            {
                Content = Body(string.Join('\n', lines) + "\n", "application/x-ndjson"),
            }, cancellationToken);

    /// <summary>Posts a request that must succeed.</summary>
    /// <exception cref="LoadTestException">The request did not succeed.</exception>
    public async Task<JsonElement> RequireAsync(string path, string body, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(path, body, null, cancellationToken);
        return answer.Required($"POST {path}").Json();
    }

    public void Dispose() => client.Dispose();

    private static StringContent Body(string text, string mediaType) => new(text, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = request;
        try
        {
            using var response = await client.SendAsync(sent, cancellationToken);
            return new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new ApiAnswer(0, e.Message);
        }
    }
}

/// <summary>The answer to a request.</summary>
/// <param name="Status">The HTTP status; 0 when there was no response.</param>
/// <param name="Text">The body, or why there is no response.</param>
internal readonly record struct ApiAnswer(int Status, string Text)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The code of the problem document; null when the body is not one.</summary>
    public string? Code
    {
        get
        {
            if (Status is 0 or < 400) return null;
            try
            {
                return JsonDocument.Parse(Text).RootElement.GetProperty("code").GetString();
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException)
            {
                return null;
            }
        }
    }

    /// <exception cref="LoadTestException">The request did not succeed.</exception>
    public ApiAnswer Required(string what) =>
        Succeeded ? this : throw new LoadTestException($"{what} failed with status {Status}: {Text}");

    public JsonElement Json() => JsonDocument.Parse(Text).RootElement;
}
