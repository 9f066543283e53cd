using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// An OTLP collector that keeps what it receives. It searches the raw bytes, because protobuf writes names as plain text.
/// </summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, StringBuilder> received = new();
    private readonly ConcurrentQueue<OtlpSpan> spans = new();
    private readonly SemaphoreSlim arrived = new(0);

    private OtlpCollector(WebApplication web) => this.web = web;

    public string Address => web.Urls.First();

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var collector = new OtlpCollector(web);
        web.Run(collector.ReceiveAsync);
        await web.StartAsync();
        return collector;
    }

    /// <summary>Waits until the requests to a path contain all the given names, and returns them.</summary>
    public async Task<string> WaitForAsync(string path, params string[] names)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var text = TextOf(path);
            if (names.All(name => text.Contains(name, StringComparison.Ordinal))) return text;
            try
            {
                await arrived.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(
                    $"{path} never named {string.Join(", ", names.Where(name => !text.Contains(name, StringComparison.Ordinal)))}.");
            }
        }
    }

    /// <summary>Waits until the spans received so far are enough, and returns them.</summary>
    public async Task<IReadOnlyList<OtlpSpan>> WaitForSpansAsync(Func<IReadOnlyList<OtlpSpan>, bool> enough)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            OtlpSpan[] now = [.. spans];
            if (enough(now)) return now;
            try
            {
                await arrived.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"These spans are not enough:\n{string.Join('\n', now.Select(span => span.ToString()))}");
            }
        }
    }

    public bool WasSent(string path) => received.ContainsKey(path);

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private string TextOf(string path)
    {
        if (!received.TryGetValue(path, out var text)) return "";
        lock (text) return text.ToString();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var text = received.GetOrAdd(http.Request.Path.Value!, _ => new StringBuilder());
        lock (text) text.Append(Encoding.Latin1.GetString(body.ToArray()));
        if (http.Request.Path == "/v1/traces")
        {
            foreach (var span in OtlpSpan.ReadAll(body.ToArray())) spans.Enqueue(span);
        }

        arrived.Release();
    }
}
