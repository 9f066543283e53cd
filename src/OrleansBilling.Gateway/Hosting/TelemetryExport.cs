using OpenTelemetry;
using OpenTelemetry.Resources;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>
/// Sends metrics and traces over OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nobody listens, and
/// instruments cost next to nothing. The other <c>OTEL_</c> variables hold as the specification has them.
/// </summary>
internal static class TelemetryExport
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "orleans-billing-gateway";

    /// <summary>What is listened to besides our own: the web server, the pool of the database, the runtime.</summary>
    private static readonly string[] Meters =
        [BillingTelemetry.SourceName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    public static void AddTelemetryExport(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[EndpointVariable])) return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithTracing(traces => traces.AddSource(BillingTelemetry.SourceName, "Microsoft.AspNetCore"))
            .UseOtlpExporter();
    }
}
