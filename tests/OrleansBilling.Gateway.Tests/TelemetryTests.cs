using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What a collector receives over OTLP while the gateway works.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_reach_the_collector_and_say_nothing_of_people()
    {
        await using var collector = await Collector.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=200", "--OTEL_BSP_SCHEDULE_DELAY=100");
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync("/v1/subscriptions", """{"id":"s1","offer_id":"gold_offer","customer":{"id":"bob-the-buyer","email":"bob@example.com"},"payment_method":{"token":"tok_decline_1"}}""")).Expect(201);
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");

        var metrics = await collector.WaitForAsync("/v1/metrics", "billing.commands", "billing.commits", "billing.due.lag", "billing.provider.calls", "billing.subscriptions.live", "http.server.request.duration");
        var traces = await collector.WaitForAsync("/v1/traces", "billing.command", "billing.commit", "record_payment");

        foreach (var secret in new[] { "bob-the-buyer", "bob@example.com", "tok_decline_1", TestGateway.AdminKey })
            Assert.DoesNotContain(secret, metrics + traces, StringComparison.Ordinal);
    }

    /// <summary>A collector that keeps what it is sent; protobuf writes names as they are.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication web;
        private readonly ConcurrentDictionary<string, StringBuilder> received = new();
        private readonly SemaphoreSlim arrived = new(0);

        private Collector(WebApplication web) => this.web = web;

        public string Address => web.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var web = builder.Build();
            var collector = new Collector(web);
            web.Run(collector.ReceiveAsync);
            await web.StartAsync();
            return collector;
        }

        /// <summary>All that came to a path, once it names everything that is asked for.</summary>
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
                    Assert.Fail($"{path} never named {string.Join(", ", names.Where(name => !text.Contains(name, StringComparison.Ordinal)))}.");
                }
            }
        }

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
            arrived.Release();
        }
    }
}
