using System.Net.Sockets;

namespace OrleansBilling.LoadTests.Http;

/// <summary>
/// A connection without HttpClient. HttpClient needs more processor time than the gateway, and the load generator shares the
/// processors with what it measures.
/// </summary>
internal sealed class RawSocket : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public bool IsConnected => socket.Connected;

    public Task ConnectAsync(Uri address, CancellationToken cancellationToken) =>
        socket.ConnectAsync(address.IdnHost, address.Port, cancellationToken).AsTask();

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes[sent..], SocketFlags.None);
    }

    /// <summary>Receives at least one byte.</summary>
    /// <exception cref="LoadTestException">The server closed the connection.</exception>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer) =>
        await socket.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var read
            ? read
            : throw new LoadTestException("The server closed a connection.");

    public void Dispose() => socket.Dispose();
}
