using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime;
using OrleansBilling.Server;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Wire;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>What a collector receives from a silo.</summary>
public sealed class SiloTelemetryTests
{
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
}
