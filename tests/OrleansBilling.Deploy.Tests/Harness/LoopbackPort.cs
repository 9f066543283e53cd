using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Free ports of the loopback interface.</summary>
internal static class LoopbackPort
{
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static bool IsFree(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(listener => listener.Port != port);

    public static Uri FindFreeAddress() => new($"http://127.0.0.1:{FindFree()}");
}
