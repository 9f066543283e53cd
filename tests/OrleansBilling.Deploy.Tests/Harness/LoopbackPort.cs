using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Ports of the loopback interface that nobody uses.</summary>
internal static class LoopbackPort
{
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether nobody listens on a port.</summary>
    public static bool IsFree(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(listener => listener.Port != port);

    public static Uri FindFreeAddress() => new($"http://127.0.0.1:{FindFree()}");
}
