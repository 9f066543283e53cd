using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansBilling.LoadTests.Http;

/// <summary>The part of the HTTP contract that the replay uses, for one caller.</summary>
internal sealed class BillingApi : IDisposable
{
    // A month of the replay may take long on a busy machine, and the gateway answers when it is done.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(10);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly HttpClient client;

    public BillingApi(Uri address, string key)
    {
        client = new HttpClient { BaseAddress = address, Timeout = AnswerTimeout };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Commands = new BulkCommands(client, Json);
    }

    /// <summary>POST /v1/commands.</summary>
    public BulkCommands Commands { get; }

    /// <summary>Reads a document; values in the query are escaped by the caller's own choice of ids.</summary>
    public async Task<T> GetAsync<T>(string pathAndQuery, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, pathAndQuery), cancellationToken);
        return await ReadAsync<T>(response, cancellationToken);
    }

    public async Task PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json) };
        using var response = await SendAsync(request, cancellationToken);
    }

    /// <summary>All pages of a list.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string pathAndQuery, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var separator = pathAndQuery.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync<Page<T>>(
                $"{pathAndQuery}{separator}limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}",
                cancellationToken);
            foreach (var item in page.Data) yield return item;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new LoadTestException($"{request.Method} {request.RequestUri}: {exception.Message}", exception);
        }

        if (response.IsSuccessStatusCode) return response;
        var problem = await response.Content.ReadAsStringAsync(cancellationToken);
        response.Dispose();
        throw new LoadTestException($"{request.Method} {request.RequestUri} was answered with {(int)response.StatusCode}: {problem}");
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
        ?? throw new LoadTestException($"{response.RequestMessage?.RequestUri} was answered with null.");

    private sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);
}
