using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>One caller of the API: what it sends, and what it is answered.</summary>
internal sealed class Tenant : IDisposable
{
    private readonly HttpClient client;

    public Tenant(Uri address, string key)
    {
        client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
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

    public Task<ApiAnswer> StreamAsync(IEnumerable<string> lines, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/commands")
            {
                Content = Body(string.Join('\n', lines) + "\n", "application/x-ndjson"),
            }, cancellationToken);

    /// <summary>What must succeed for a run to mean anything.</summary>
    /// <exception cref="LoadTestException">It did not.</exception>
    public async Task<JsonElement> RequireAsync(string path, string body, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(path, body, null, cancellationToken);
        return answer.Succeeded
            ? answer.Json()
            : throw new LoadTestException($"POST {path} was answered with {answer.Status}: {answer.Text}");
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

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status; 0 where none came.</param>
/// <param name="Text">The body, or why there is none.</param>
internal readonly record struct ApiAnswer(int Status, string Text)
{
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The problem's code; null where it is none.</summary>
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

    public JsonElement Json() => JsonDocument.Parse(Text).RootElement;
}
