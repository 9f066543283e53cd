using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Sends metrics and traces, but no logs, over OTLP to the endpoint in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. A process may also
/// show its metrics as a page. Without either nothing listens, and the instruments cost next to nothing. The other <c>OTEL_</c>
/// variables work as the specification says.
/// </summary>
public static class TelemetryExport
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The meters that every process sends: ours, the web server's, the database pool's and the runtime's.</summary>
    private static readonly string[] Meters =
        [BillingTelemetry.SourceName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    /// <summary>Our spans, those of calls to the provider, and those of statements.</summary>
    private static readonly string[] Spans = [BillingTelemetry.SourceName, "System.Net.Http", "Npgsql"];

    /// <summary>Whether metrics and traces are sent.</summary>
    public static bool IsOn(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return !string.IsNullOrEmpty(configuration[EndpointVariable]);
    }

    /// <param name="services">The services of the process.</param>
    /// <param name="configuration">Holds the variables.</param>
    /// <param name="serviceName">The kind of process, unless <c>OTEL_SERVICE_NAME</c> is set.</param>
    /// <param name="showsMetrics">Whether the process shows its metrics as a page.</param>
    /// <param name="moreMeters">Additional meters to send.</param>
    public static void AddTelemetryExport(
        this IServiceCollection services, IConfiguration configuration, string serviceName, bool showsMetrics, params string[] moreMeters)
    {
        var sends = IsOn(configuration);
        if (!sends && !showsMetrics) return;
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddMeter(moreMeters));
        if (!sends) return;
        telemetry
            .WithMetrics(metrics => metrics.AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(Spans).AddOtlpExporter());
    }
}
