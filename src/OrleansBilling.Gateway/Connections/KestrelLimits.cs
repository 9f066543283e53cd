using Microsoft.AspNetCore.Server.Kestrel.Core;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Connections;

/// <summary>Configures Kestrel's limits on connections and requests.</summary>
internal static class KestrelLimits
{
    /// <summary>Connections beyond the gate's limit, for those the gate is just closing.</summary>
    private const int ClosingMax = 64;

    public static void Apply(KestrelServerOptions options, EdgeSettings settings, RequestIds ids)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;
        limits.MaxConcurrentConnections = settings.Descriptors.Connections + ClosingMax;
        limits.MaxRequestBodySize = BodyReader.DrainedBytesMax;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);
        var gate = new ConnectionGate(settings.Descriptors.Connections, settings.ConnectionsPerAddress, TimeProvider.System);
        options.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Use(next => connection => gate.RunAsync(connection, next));
            endpoint.Use(next => connection => BareErrors.RunAsync(connection, next, ids));
        });
    }
}
