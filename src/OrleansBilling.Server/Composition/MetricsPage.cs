using OpenTelemetry.Metrics;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Server.Composition;

/// <summary>The metrics of the process at /metrics, in the text format of Prometheus.</summary>
internal static class MetricsPage
{
    private const string Path = "/metrics";

    public static void AddMetricsPage(this IServiceCollection services) =>
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddPrometheusExporter());

    /// <param name="keys">Where the API is served, only administrators may read; null where only health is.</param>
    public static void MapMetricsPage(this WebApplication web, Authenticator? keys)
    {
        var page = ((IEndpointRouteBuilder)web).CreateApplicationBuilder();
        if (keys is not null) page.Use(next => http => ForAdministratorsAsync(keys, http, next));
        page.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
        web.MapGet(Path, page.Build());
    }

    private static async Task ForAdministratorsAsync(Authenticator keys, HttpContext http, RequestDelegate next)
    {
        var found = await keys.AuthenticateAsync(http);
        if (found.MayReadAsAdministrator) await next(http);
        else await Answers.Problem(found.Error ?? ApiErrors.Forbidden).ExecuteAsync(http);
    }
}
