using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Gateway.Security;

/// <summary>The address under which the requests and connections of one peer are counted.</summary>
internal static class PeerAddress
{
    /// <summary>Connections without an IP address, such as Unix sockets, count as one peer.</summary>
    public static IPAddress Of(IPAddress? address) =>
        address is null ? IPAddress.None
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkOf(address)
        : address;

    /// <summary>A peer usually owns a whole IPv6 /64, so all addresses of a /64 count as one peer.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
