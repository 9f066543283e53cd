using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// Finds free ports. A silo announces its ports before it listens, so the system cannot choose them at that time. The range
/// is below the ephemeral ports, because an outgoing connection could take one of those between the check and its use.
/// </summary>
internal static class FreePort
{
    private const int First = 11_000;
    private const int Count = 20_000;

    /// <summary>Each process starts at a different port, so two processes that start together rarely collide.</summary>
    private static int tried = Environment.ProcessId * 16 % Count;

    /// <summary>Returns a port that is free now. The next call returns another one.</summary>
    /// <exception cref="InvalidOperationException">All ports are taken.</exception>
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
