using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Connections;

/// <summary>Configures Kestrel's limits on connections and requests.</summary>
internal static class KestrelLimits
{
    /// <summary>Accepts no more connections than the process has file descriptors for.</summary>
    public static void AddTo(IServiceCollection services, EdgeSettings settings) =>
        services.AddSingleton<IConnectionListenerFactory>(provider => new AcceptGate(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(provider),
            settings.Descriptors.Connections + DescriptorLimit.ClosingMax));

    public static void Apply(KestrelServerOptions options, EdgeSettings settings, RequestIds ids)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;
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
