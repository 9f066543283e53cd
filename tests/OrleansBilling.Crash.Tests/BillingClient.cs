using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansBilling.Crash.Tests;

/// <summary>A plain client of the HTTP API, as a marketplace would write one.</summary>
internal sealed class BillingClient : IDisposable
{
    private readonly HttpClient http;

    /// <param name="handler">How to reach the address, if it is in a network of its own.</param>
    public BillingClient(Uri address, string adminKey, HttpMessageHandler? handler = null)
    {
        http = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
    }

    public async Task<JsonNode> PostAsync(string path, JsonNode body, string? key = null)
    {
        var (status, answer) = await TryPostAsync(path, body, key);
        Assert.True((int)status is >= 200 and < 300, $"POST {path} answered {(int)status}: {answer}");
        return answer!;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Answer)> TryPostAsync(string path, JsonNode body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<int> StatusOfAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return (int)response.StatusCode;
    }

    /// <summary>Reads all items of a paged list.</summary>
    public async Task<List<JsonNode>> ListAsync(string path, string items = "data")
    {
        var all = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync($"{path}{separator}limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            all.AddRange(page[items]!.AsArray().Select(item => item!.DeepClone()));
            cursor = page["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>For a payment simulator: the collected amounts by the permanent key of the charge.</summary>
    public async Task<Dictionary<string, long>> ReadCollectedAsync() => (await ListAsync("/v1/charges", "items"))
        .Where(charge => charge["outcome"]!.GetValue<string>() == "succeeded")
        .ToDictionary(charge => charge["key"]!.GetValue<string>(), charge => charge["amount"]!.GetValue<long>());

    /// <summary>Sends commands in bulk and returns each line's answer; throws when the stream breaks off.</summary>
    public async Task<List<JsonNode>> BulkAsync(IEnumerable<JsonNode> commands)
    {
        var lines = new StringBuilder();
        foreach (var command in commands) lines.Append(command.ToJsonString()).Append('\n');
        using var content = new StringContent(lines.ToString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await http.PostAsync(new Uri("/v1/commands", UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"Bulk answered {(int)response.StatusCode}: {text}");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    public void Dispose() => http.Dispose();
}
