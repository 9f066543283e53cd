using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>
/// Whether an address is global unicast: of the internet, not of this machine or its networks. The ranges are those of
/// IANA's registries of special-purpose addresses (RFC 6890).
/// </summary>
public static class GlobalAddress
{
    private static readonly IPNetwork[] RefusedIPv4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // carrier-grade NAT; some clouds keep their metadata here
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("168.63.129.16/32"), // Azure's platform, global by its number only
        IPNetwork.Parse("169.254.0.0/16"), // link-local; most clouds keep their metadata here
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and broadcast
    ];

    /// <summary>
    /// All that is assigned for unicast. Outside are unspecified, loopback, IPv4-mapped and IPv4-compatible addresses, NAT64
    /// (64:ff9b::/96, 64:ff9b:1::/48), discard (100::/64), unique local, link-local and multicast ones.
    /// </summary>
    private static readonly IPNetwork UnicastIPv6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] RefusedIPv6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, with Teredo (2001::/32), which embeds an IPv4 address
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4, which embeds an IPv4 address
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    /// <summary>
    /// An IPv6 address that embeds an IPv4 address never counts as global: public names do not need one, and machines treat it
    /// differently.
    /// </summary>
    public static bool IsGlobal(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        // Asked apart, because IPNetwork compares the embedded address with the network's first bits as if those were IPv4 too.
        if (address.IsIPv4MappedToIPv6) return false;
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !IsIn(RefusedIPv4, address),
            AddressFamily.InterNetworkV6 => UnicastIPv6.Contains(address) && !IsIn(RefusedIPv6, address),
            _ => false,
        };
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }
}
