using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A plain TCP connection, optionally from a chosen local address.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket socket;

    private RawPeer(Socket socket) => this.socket = socket;

    public static async Task<RawPeer> ConnectAsync(Uri server, string from = "127.0.0.1") =>
        await TryConnectAsync(server, from) ?? throw new InvalidOperationException($"The server rejects connections from {from}.");

    /// <summary>Returns null if the server refuses the connection, or resets it while it is being opened.</summary>
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
            if (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused) return null;
            throw;
        }
    }

    public async Task SendAsync(string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads everything until the server closes the connection.</summary>
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
            // A reset also ends the connection.
        }

        return received.ToString();
    }

    /// <summary>Reads the head of the next response.</summary>
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
