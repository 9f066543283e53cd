using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Testing;

/// <summary>
/// Free loopback ports, for programs that cannot let the system choose. The range is below the ephemeral ports, because an
/// outgoing connection could take one of those before the program listens.
/// </summary>
public static class FreePort
{
    private const int First = 5_500;
    private const int Count = 5_400;

    /// <exception cref="InvalidOperationException">No port in the range is free.</exception>
    public static int Find()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, First + Count));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Taken: try the next port.
            }
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count} is free.");
    }
}
