using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime;
using OrleansBilling.Server;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Wire;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>What a collector receives from a silo.</summary>
[Collection(ProcessCluster.Collection)]
public sealed class SiloTelemetryTests
{
    private const string Silo = "orleans-billing-silo";

    [PostgresFact]
    public async Task A_silo_sends_its_own_figures_and_those_of_orleans()
    {
        await using var collector = await OtlpCollector.StartAsync();
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Billing:Role=silo", "--Billing:Storage=postgres",
            "--ConnectionStrings:Billing=" + await SharedPostgres.Instance.CreateDatabaseAsync(),
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=200", "--OTEL_BSP_SCHEDULE_DELAY=100",
        ];
        await using var silo = await ServerHost.OpenAsync(arguments);
        await silo.StartAsync(CancellationToken.None);
        await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ISubscriptionGrain>("nobody")
            .ExecuteAsync(new CommandMessage(CommandEnvelope.Wake, virtualNow: null));

        var metrics = await collector.WaitForAsync(
            "/v1/metrics", "orleans-billing-silo", "billing.commands", "billing.subscriptions.live", "billing.due.read.age",
            "billing.due.oldest.age", "orleans-grains");
        Assert.DoesNotContain("nobody", metrics, StringComparison.Ordinal);
        await collector.WaitForAsync("/v1/traces", "orleans-billing-silo", "billing.command");
    }

    [PostgresFact]
    public async Task A_trace_runs_from_the_request_through_the_grain_into_the_commit_and_to_the_provider()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var cluster = await ProcessCluster.StartAsync(silos: 1, virtualClock: false, more: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        });
        await cluster.SellAsync([], _ => "");
        await cluster.Client.PostAsync("/v1/subscriptions", new JsonObject
        {
            ["id"] = "traced", ["offer_id"] = "offer", ["customer"] = new JsonObject { ["id"] = "customer-4711" },
            ["payment_method"] = new JsonObject { ["token"] = "tok_ok" },
        });

        // The gateway's request is the parent, in the silo's process, of the command, its commit, and the charge over HTTP.
        var spans = await collector.WaitForSpansAsync(spans => TraceOf(spans) is { } trace &&
            Has(spans, trace, Silo, "billing.command") && Has(spans, trace, Silo, "billing.commit") && Has(spans, trace, Silo, "POST") &&
            spans.Any(span => span.Name == "billing.batch" && span.LinkedTraces.Contains(trace)));
        var batch = spans.First(span => span.Name == "billing.batch" && span.LinkedTraces.Contains(TraceOf(spans)!));
        await collector.WaitForSpansAsync(spans => spans.Any(span => span.Parent == batch.Id));
        Assert.Equal(Silo, batch.Service);
        Assert.DoesNotContain("customer-4711", await collector.WaitForAsync("/v1/traces", "billing.batch"), StringComparison.Ordinal);
    }

    private static string? TraceOf(IReadOnlyList<OtlpSpan> spans) => spans
        .FirstOrDefault(span => span is { Service: "orleans-billing-gateway", Name: "POST /v1/subscriptions" })?.Trace;

    private static bool Has(IReadOnlyList<OtlpSpan> spans, string trace, string service, string name) =>
        spans.Any(span => span.Trace == trace && span.Service == service && span.Name == name);
}
