using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Silo.Hosting;

/// <summary>Where a silo stands, and how the others find it.</summary>
internal sealed record SiloPlace
{
    /// <summary>Silos of one cluster, on one database.</summary>
    public const string ClusterIdDefault = "orleans-billing";

    /// <summary>The PostgreSQL database in which silos meet; null for a silo that is alone.</summary>
    public required string? ConnectionString { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>Where the other silos and the gateways reach this one.</summary>
    public required IPAddress AdvertisedAddress { get; init; }

    /// <summary>Where it listens: on loopback only if it is reached there only.</summary>
    public IPAddress ListeningAddress =>
        ConnectionString is null ? IPAddress.Loopback
        : IPAddress.IsLoopback(AdvertisedAddress) ? AdvertisedAddress
        : AdvertisedAddress.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
        : IPAddress.Any;

    /// <summary>For the other silos; 0 for any free port.</summary>
    public required int SiloPort { get; init; }

    /// <summary>For gateways; 0 for any free port.</summary>
    public required int GatewayPort { get; init; }
}
