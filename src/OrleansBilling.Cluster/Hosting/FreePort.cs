using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Cluster.Hosting;

/// <summary>Ports that nobody listens on. A silo announces its ports before it listens, so the system cannot choose them later.</summary>
internal static class FreePort
{
    /// <summary>As many different ones as asked for, free at this moment.</summary>
    public static int[] Find(IPAddress address, int count)
    {
        var listeners = new List<TcpListener>(count);
        try
        {
            while (listeners.Count < count)
            {
                var listener = new TcpListener(address, 0);
                listeners.Add(listener);
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners) listener.Dispose();
        }
    }
}
