using System.Net;
using System.Net.Sockets;
using OrleansBilling.Silo.Tls;

namespace OrleansBilling.Silo.Hosting;

/// <summary>The addresses of a silo, the cluster it joins, and how it proves that it belongs there.</summary>
internal sealed record SiloPlace
{
    /// <summary>The default id of a cluster. All silos of one cluster share one database.</summary>
    public const string ClusterIdDefault = "orleans-billing";

    /// <summary>The PostgreSQL database through which silos find each other; null for a single silo.</summary>
    public required string? ConnectionString { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>The address at which other silos and gateways reach this one.</summary>
    public required IPAddress AdvertisedAddress { get; init; }

    /// <summary>What others must show to join and call; null to let any process that reaches the ports do so.</summary>
    public ClusterCertificate? Certificate { get; init; }

    /// <summary>The address to listen on; loopback if the silo is reached only there.</summary>
    public IPAddress ListeningAddress =>
        ConnectionString is null ? IPAddress.Loopback
        : IPAddress.IsLoopback(AdvertisedAddress) ? AdvertisedAddress
        : AdvertisedAddress.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
        : IPAddress.Any;

    /// <summary>The port for other silos; 0 for any free port.</summary>
    public required int SiloPort { get; init; }

    /// <summary>The port for gateways; 0 for any free port.</summary>
    public required int GatewayPort { get; init; }
}
