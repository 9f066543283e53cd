using System.Net.NetworkInformation;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Free ports of the loopback interface.</summary>
internal static class LoopbackPort
{
    /// <summary>Whether nobody listens on a port.</summary>
    public static bool IsFree(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(listener => listener.Port != port);

    public static Uri FindFreeAddress() => new($"http://127.0.0.1:{FreePort.Find()}");
}
