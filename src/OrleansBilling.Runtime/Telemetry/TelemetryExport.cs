using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Sends metrics and traces, but no logs, over OTLP to the endpoint in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.
/// Without that variable nothing listens, and the instruments cost next to nothing. The other <c>OTEL_</c>
/// variables work as the specification says.
/// </summary>
public static class TelemetryExport
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The meters that every process sends: ours, the web server's, the database pool's and the runtime's.</summary>
    private static readonly string[] Meters =
        [BillingTelemetry.SourceName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    /// <param name="services">The services of the process.</param>
    /// <param name="configuration">Holds the variables.</param>
    /// <param name="serviceName">The kind of process, unless <c>OTEL_SERVICE_NAME</c> is set.</param>
    /// <param name="moreMeters">Additional meters to send.</param>
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
