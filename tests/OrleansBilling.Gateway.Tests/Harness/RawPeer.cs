using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A bare TCP connection, from an address of its own where that matters.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket socket;

    private RawPeer(Socket socket) => this.socket = socket;

    public static async Task<RawPeer> ConnectAsync(Uri server, string from = "127.0.0.1") =>
        await TryConnectAsync(server, from) ?? throw new InvalidOperationException($"The server turns away whoever comes from {from}.");

    /// <summary>Null where the server resets the connection before connecting is over.</summary>
    public static async Task<RawPeer?> TryConnectAsync(Uri server, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, server.Port);
            return new RawPeer(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            if (e.SocketErrorCode == SocketError.ConnectionReset) return null;
            throw;
        }
    }

    public async Task SendAsync(string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>All that comes until the other side closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var received = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline.Token) is > 0 and var count)
                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // That is a close, too.
        }

        return received.ToString();
    }

    /// <summary>The head of the next answer.</summary>
    public async Task<string> ReadHeadAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var received = new StringBuilder();
        var one = new byte[1];
        while (!received.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await socket.ReceiveAsync(one, deadline.Token) > 0)
            received.Append((char)one[0]);
        return received.ToString();
    }

    public void Dispose() => socket.Dispose();
}
