using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>
/// Callers that change payment methods. Each command has its own key and is retried until acknowledged. Some callers send
/// one command per request, others many in a stream.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const int LinesPerStream = 400;
    private readonly HttpClient http;
    private readonly IReadOnlyList<string> ids;
    private readonly CancellationTokenSource enough = new();
    private readonly List<Task> callers = [];
    private readonly string run = Guid.NewGuid().ToString("n");
    private int turn;

    public Load(Uri address, IReadOnlyList<string> ids)
    {
        this.ids = ids;
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerSettings.AdminKey);
    }

    /// <summary>Acknowledged commands per subscription.</summary>
    public ConcurrentDictionary<string, int> Acknowledged { get; } = new();

    /// <summary>Outcomes of single-command requests: the status and the server that the balancer names, or "lost".</summary>
    public ConcurrentDictionary<string, int> Outcomes { get; } = new();

    /// <summary>Streams that broke or were not accepted.</summary>
    public int BrokenStreams { get; private set; }

    /// <summary>The longest time from a command's first request to its acknowledgment.</summary>
    public TimeSpan Longest { get; private set; }

    public void Start(int requestCallers, int streamCallers)
    {
        for (var n = 0; n < requestCallers; n++) callers.Add(Task.Run(CallAsync));
        for (var n = 0; n < streamCallers; n++) callers.Add(Task.Run(StreamAsync));
    }

    /// <summary>The number of answers with a status from a server.</summary>
    public int CountOf(string server, int status = 200) => Outcomes.GetValueOrDefault($"{status} {server}");

    /// <summary>Lets every caller finish its last command, and rethrows a caller's exception.</summary>
    public async Task StopAsync()
    {
        await enough.CancelAsync();
        await Task.WhenAll(callers);
    }

    public async ValueTask DisposeAsync()
    {
        // StopAsync rethrows a caller's exception. If a test fails before that, its own failure matters more.
        await enough.CancelAsync();
        await Task.WhenAll(callers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        enough.Dispose();
    }

    private (string Id, string Key) Next()
    {
        var n = Interlocked.Increment(ref turn);
        return (ids[n % ids.Count], $"{run}-{n}");
    }

    private async Task CallAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            var (id, key) = Next();
            var clock = Stopwatch.StartNew();
            await Eventually.HoldsAsync(() => IsAcknowledgedAsync(id, key));
            Acknowledge(id, clock.Elapsed);
        }
    }

    private async Task<bool> IsAcknowledgedAsync(string id, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/subscriptions/{id}/payment-method")
        {
            Content = new StringContent("""{"token":"tok_ok"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", key } },
        };
        string outcome;
        try
        {
            using var response = await http.SendAsync(request);
            var server = response.Headers.TryGetValues("X-Server", out var names) ? names.Single() : "nobody";
            outcome = $"{(int)response.StatusCode} {server}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // The connection broke, or the client timed out.
            outcome = "lost";
        }

        Outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        return outcome.StartsWith("200 ", StringComparison.Ordinal);
    }

    private async Task StreamAsync()
    {
        while (!enough.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            var waiting = Enumerable.Range(0, LinesPerStream).Select(_ => Next()).ToList();
            await Eventually.HoldsAsync(async () =>
            {
                // Answers come in order, so the unanswered lines are known.
                var answered = await SendAsync(waiting);
                for (var n = answered.Count - 1; n >= 0; n--)
                {
                    if (answered[n] != 200) continue;
                    Acknowledge(waiting[n].Id, clock.Elapsed);
                    waiting.RemoveAt(n);
                }

                return waiting.Count == 0;
            });
        }
    }

    /// <summary>The statuses of the answered lines, in order.</summary>
    private async Task<List<int>> SendAsync(List<(string Id, string Key)> commands)
    {
        var lines = string.Concat(commands.Select(command => $$"""
            {"type":"payment_method","subscription_id":"{{command.Id}}","idempotency_key":"{{command.Key}}","token":"tok_ok"}

            """));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/commands")
        {
            Content = new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")),
        };
        var answered = new List<int>();
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (response.IsSuccessStatusCode)
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
                while (await reader.ReadLineAsync() is { } line) answered.Add(JsonNode.Parse(line)!["status"]!.GetValue<int>());
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            // The server is gone: retry the rest with the same keys.
        }

        if (answered.Count < commands.Count) lock (callers) BrokenStreams++;
        return answered;
    }

    private void Acknowledge(string id, TimeSpan took)
    {
        Acknowledged.AddOrUpdate(id, 1, (_, count) => count + 1);
        lock (callers) Longest = took > Longest ? took : Longest;
    }
}
