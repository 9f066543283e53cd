using System.Net;
using System.Threading.RateLimiting;

namespace OrleansBilling.Console.Sessions;

/// <summary>
/// Limits how often one address may try to sign in. Behind a balancer that does not tell addresses apart, all share the limit.
/// </summary>
public sealed class SignInLimit : IDisposable
{
    /// <summary>The tries of one address within <see cref="Window"/>.</summary>
    public const int TriesMax = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> tries = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            NetworkOf(address), _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesMax, Window = Window, QueueLimit = 0 }));

    public bool TryBegin(IPAddress? address)
    {
        using var lease = tries.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => tries.Dispose();

    /// <summary>Who has one address of an IPv6 /64 usually has all.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
