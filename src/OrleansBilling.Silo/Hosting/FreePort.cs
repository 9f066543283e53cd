using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// Ports that nobody listens on. A silo announces its ports before it listens, so the system cannot choose them later.
/// They lie below those that systems give to outgoing connections: one of these could take a port between the look and
/// the use.
/// </summary>
internal static class FreePort
{
    private const int First = 11_000;
    private const int Count = 20_000;

    /// <summary>Processes begin to look at different places, so that two that start together rarely meet.</summary>
    private static int tried = Environment.ProcessId * 16 % Count;

    /// <summary>One that is free at this moment; the next call finds another one.</summary>
    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public static int Find(IPAddress address)
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref tried) % Count);
            if (IsFree(address, port)) return port;
        }

        throw new InvalidOperationException($"No port of {address} from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
