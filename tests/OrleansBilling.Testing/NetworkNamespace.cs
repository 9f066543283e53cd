using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansBilling.Testing;

/// <summary>A network of its own for processes under test (Linux, root). Nothing outside can reach it; sockets made here can.</summary>
public sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const int CloneNewNet = 0x40000000;

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>What to put in front of a command so that it runs in this network.</summary>
    public IReadOnlyList<string> Launcher => ["ip", "netns", "exec", Name];

    /// <summary>Why tests that need one are skipped; null if they can run.</summary>
    public static string? SkipReason { get; } = OperatingSystem.IsLinux() && File.Exists("/sbin/ip") && MayManageNetworks()
        ? null
        : "This needs root with CAP_NET_ADMIN and CAP_SYS_ADMIN, and the program ip.";

    public static async Task<NetworkNamespace> MakeAsync(string name)
    {
        var space = new NetworkNamespace(string.Create(CultureInfo.InvariantCulture, $"ob-{Environment.ProcessId}-{name}"));
        await RunAsync("netns", "add", space.Name);
        await space.ConfigureAsync("link", "set", "lo", "up");
        return space;
    }

    /// <summary>Runs <c>ip</c> in this network.</summary>
    public Task ConfigureAsync(params string[] arguments) => RunAsync(["-n", Name, .. arguments]);

    /// <summary>A handler for HTTP to servers in this network.</summary>
    public SocketsHttpHandler Http() => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = OpenSocket();
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public async ValueTask DisposeAsync() => await RunAsync("netns", "delete", Name);

    private static Task RunAsync(params string[] arguments) => ExternalProgram.RunAsync(new ProcessStartInfo("ip", arguments));

    /// <summary>A socket belongs to the network of the thread that makes it, so a thread enters this one, makes it, and ends.</summary>
    private Socket OpenSocket()
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{Name}");
                if (SetNamespace((int)file.DangerousGetHandle(), CloneNewNet) != 0)
                    throw new InvalidOperationException($"setns failed with {Marshal.GetLastPInvokeError()}.");
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException($"No socket in {Name}.", failure);
    }

    /// <summary>Bits 12 and 21 of the effective capabilities.</summary>
    private static bool MayManageNetworks()
    {
        const ulong needed = (1UL << 12) | (1UL << 21);
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
        return (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & needed) == needed;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int file, int kind);
}
