using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.LoadTests.Http;

/// <summary>The API as typed documents. Every request must succeed; otherwise it throws.</summary>
internal sealed class BillingApi : IDisposable
{
    // A month of the replay can take long on a busy machine, and the gateway answers only when it is done.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMinutes(10);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly ApiClient client;

    public BillingApi(Uri address, string key)
    {
        client = new ApiClient(address, key, AnswerTimeout);
        Commands = new BulkCommands(client, Json);
    }

    /// <summary>POST /v1/commands.</summary>
    public BulkCommands Commands { get; }

    /// <summary>Reads a document. Query values are not escaped: callers choose ids that need no escaping.</summary>
    public async Task<T> GetAsync<T>(string pathAndQuery, CancellationToken cancellationToken)
    {
        var answer = (await client.GetAsync(pathAndQuery, cancellationToken)).Required($"GET {pathAndQuery}");
        return JsonSerializer.Deserialize<T>(answer.Text, Json)
            ?? throw new LoadTestException($"GET {pathAndQuery} returned null.");
    }

    public async Task PostAsync<T>(string path, T body, CancellationToken cancellationToken) =>
        (await client.PostAsync(path, JsonSerializer.Serialize(body, Json), null, cancellationToken)).Required($"POST {path}");

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

    private sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);
}
