using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>Opens a connection to one address.</summary>
internal delegate Task<Stream> Connect(IPEndPoint to, CancellationToken cancellationToken);

/// <summary>
/// Resolves a name once, checks all its addresses and connects to one of those that were checked. So a name that leads elsewhere a
/// moment later gains nothing.
/// </summary>
internal sealed class CheckedConnector(OutboundOptions options, Connect connect, TimeProvider time)
{
    /// <summary>Of a name with more addresses, only the first are tried.</summary>
    private const int AddressesMax = 4;

    /// <exception cref="NoConnectionException">There is no such name, or not all its addresses are public.</exception>
    /// <exception cref="SocketException">None of the addresses answered.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(to.Host, cancellationToken);
        if (addresses.Length == 0) throw new NoConnectionException(NoAnswerReason.NameNotFound);
        // One bad address is enough: a name that mixes both is made to be tried until the bad one is chosen.
        if (!options.AllowPrivate && !Array.TrueForAll(addresses, GlobalAddress.IsGlobal))
            throw new NoConnectionException(NoAnswerReason.AddressRefused);

        var tries = Math.Min(addresses.Length, AddressesMax);
        for (var n = 0; n < tries - 1; n++)
        {
            if (await TryAsync(new IPEndPoint(addresses[n], to.Port), options.ConnectTimeout / tries, cancellationToken) is { } stream)
                return stream;
        }

        return await connect(new IPEndPoint(addresses[tries - 1], to.Port), cancellationToken);
    }

    /// <summary>The real way: a TCP connection.</summary>
    public static async Task<Stream> OverTcpAsync(IPEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address)) return [address];
        try
        {
            return await options.Resolve(host, cancellationToken);
        }
        catch (SocketException)
        {
            throw new NoConnectionException(NoAnswerReason.NameNotFound);
        }
    }

    /// <summary>An address that does not answer leaves time for the next.</summary>
    private async Task<Stream?> TryAsync(IPEndPoint to, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await connect(to, either.Token);
        }
        catch (SocketException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>No connection was tried.</summary>
internal sealed class NoConnectionException(NoAnswerReason reason) : Exception($"No connection: {reason}.")
{
    public NoAnswerReason Reason { get; } = reason;
}
