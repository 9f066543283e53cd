using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Sends metrics and traces, but no logs, over OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nobody
/// listens, and instruments cost next to nothing. The other <c>OTEL_</c> variables hold as the specification has them.
/// </summary>
public static class TelemetryExport
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// What every process tells besides what it names itself: our own, the web server, the pool of the database, the
    /// runtime.
    /// </summary>
    private static readonly string[] Meters =
        [BillingTelemetry.SourceName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    /// <param name="services">Of the process.</param>
    /// <param name="configuration">Where the variables are.</param>
    /// <param name="serviceName">What kind of process it is, unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    /// <param name="moreMeters">Further meters to send.</param>
    public static void AddTelemetryExport(
        this IServiceCollection services, IConfiguration configuration, string serviceName, params string[] moreMeters)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (string.IsNullOrEmpty(configuration[EndpointVariable])) return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddMeter(moreMeters).AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(BillingTelemetry.SourceName, "Microsoft.AspNetCore").AddOtlpExporter());
    }
}
