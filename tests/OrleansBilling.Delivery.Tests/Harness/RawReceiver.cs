using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>A listener on loopback that may say anything, also what no web server would.</summary>
internal sealed class RawReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> talk;
    private readonly Task accepting;
    private int connections;

    /// <param name="talk">What it does with a connection. It is closed afterwards; that the other side leaves is no error.</param>
    public RawReceiver(Func<NetworkStream, CancellationToken, Task> talk)
    {
        this.talk = talk;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Connections => Volatile.Read(ref connections);

    public IPEndPoint EndPoint => (IPEndPoint)listener.LocalEndpoint;

    public Uri Url => new($"http://{EndPoint}/");

    /// <summary>Reads a request up to the end of a body that ends in a brace.</summary>
    public static async Task ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var seen = 0;
        while (seen < buffer.Length && !(seen > 0 && buffer[seen - 1] == '}'))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(seen), cancellationToken);
            if (read == 0) return;
            seen += read;
        }
    }

    /// <summary>Reads a request and sends this text.</summary>
    public static RawReceiver Says(string answer) => new(async (stream, cancellationToken) =>
    {
        await ReadRequestAsync(stream, cancellationToken);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), cancellationToken);
    });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }

        await Task.WhenAll(talks);
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await talk(client.GetStream(), stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }
}
