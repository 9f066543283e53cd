using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Testing;

/// <summary>
/// Ports of the loopback interface that nobody listens on, for programs that cannot let the system choose. They lie below
/// those that the system gives to outgoing connections, any of which could take one before the program does.
/// </summary>
public static class FreePort
{
    private const int First = 5_500;
    private const int Count = 5_400;

    /// <exception cref="InvalidOperationException">None was found.</exception>
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
                // Another one, then.
            }
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count} is free.");
    }
}
