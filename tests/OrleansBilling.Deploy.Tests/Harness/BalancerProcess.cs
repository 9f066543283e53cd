using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>HAProxy with the repository's configuration, on its own loopback ports, in front of two servers.</summary>
internal sealed class BalancerProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-balancer-").FullName;
    private readonly Uri metrics = LoopbackPort.FindFreeAddress();
    private readonly HttpClient http = new();
    private readonly ToolProcess process;

    private BalancerProcess(Uri server1, Uri server2)
    {
        var start = new ProcessStartInfo(Programs.Find("haproxy")!, ["-db", "-f", ConfigurationFile]);
        start.Environment["BILLING_BIND"] = Address.Authority;
        start.Environment["BILLING_SERVER_1"] = server1.Authority;
        start.Environment["BILLING_SERVER_2"] = server2.Authority;
        start.Environment.Remove("BILLING_SERVER_3");
        start.Environment["BILLING_BALANCER_METRICS"] = metrics.Authority;
        start.Environment["BILLING_BALANCER_SOCKET"] = Socket;
        process = new ToolProcess(start);
    }

    public static string ConfigurationFile => DeployFolder.Path("haproxy", "haproxy.cfg");

    public Uri Address { get; } = LoopbackPort.FindFreeAddress();

    /// <summary>The log so far.</summary>
    public string Output => process.Output;

    /// <summary>Where an operator talks to HAProxy.</summary>
    public string Socket => Path.Combine(folder, "admin.sock");

    public static async Task<BalancerProcess> StartAsync(Uri server1, Uri server2)
    {
        var balancer = new BalancerProcess(server1, server2);
        try
        {
            await Eventually.HoldsAsync(what: "HAProxy listens", condition: balancer.ListensAsync);
            return balancer;
        }
        catch
        {
            await balancer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a line to the admin socket, as an operator would type it, and returns the answer.</summary>
    public async Task<string> AdministerAsync(string line)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        process.RequireRunning();
        try
        {
            return (await http.GetAsync(new Uri(metrics, "/health"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
