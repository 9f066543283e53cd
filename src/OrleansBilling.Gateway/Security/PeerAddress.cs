using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Gateway.Security;

/// <summary>Tells peers apart by their address.</summary>
internal static class PeerAddress
{
    /// <summary>Connections without an IP address, such as Unix sockets, count as one peer.</summary>
    public static IPAddress Of(IPAddress? address) =>
        address is null ? IPAddress.None
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkOf(address)
        : address;

    /// <summary>Whoever has one IPv6 address usually has the whole /64, so it counts as one peer.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
