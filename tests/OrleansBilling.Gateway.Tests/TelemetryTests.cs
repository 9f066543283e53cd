using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What a collector receives over OTLP while the gateway works.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_reach_the_collector_and_say_nothing_of_people()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=200", "--OTEL_BSP_SCHEDULE_DELAY=100");
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync(
            "/v1/subscriptions",
            """{"id":"s1","offer_id":"gold_offer","customer":{"id":"bob-the-buyer","email":"bob@example.com"},"payment_method":""" +
            """{"token":"tok_decline_1"}}"""))
            .Expect(201);
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");

        var metrics = await collector.WaitForAsync(
            "/v1/metrics", "billing.commands", "billing.commits", "billing.due.lag", "billing.provider.calls", "billing.subscriptions.live",
            "http.server.request.duration");
        var traces = await collector.WaitForAsync("/v1/traces", "billing.command", "billing.commit", "record_payment");

        Assert.False(collector.WasSent("/v1/logs"));
        foreach (var secret in new[] { "bob-the-buyer", "bob@example.com", "tok_decline_1", TestGateway.AdminKey })
            Assert.DoesNotContain(secret, metrics + traces, StringComparison.Ordinal);
    }
}
