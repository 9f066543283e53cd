using System.Text;

namespace OrleansBilling.LoadTests.Http;

/// <summary>
/// One POST /v1/commands over one connection: lines go out in chunks while answers come in. The owner bounds it: it never has
/// more unanswered lines than fit into the connection's buffers.
/// </summary>
internal sealed class RawBulkStream : IDisposable
{
    private const int ReceiveBytes = 64 * 1024;
    private readonly RawSocket socket = new();
    private readonly byte[] buffer = new byte[ReceiveBytes];
    private readonly ChunkedLines lines = new();

    /// <summary>Opens the stream without waiting for answers.</summary>
    public async Task OpenAsync(Uri address, string key, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(address, cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/commands HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n" +
            "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }

    /// <summary>Sends lines, each with its line break, as one chunk.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> chunk)
    {
        var framed = new byte[chunk.Length + 16];
        var head = Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n", framed);
        chunk.Span.CopyTo(framed.AsSpan(head));
        "\r\n"u8.CopyTo(framed.AsSpan(head + chunk.Length));
        await socket.SendAsync(framed.AsMemory(0, head + chunk.Length + 2));
    }

    /// <summary>Whether the gateway has completed its response.</summary>
    public bool IsOver => lines.IsOver;

    /// <summary>Waits for answers; returns how many came and how many of them report a failure.</summary>
    public async ValueTask<(int Answers, int Failed)> ReceiveAsync()
    {
        var answers = 0;
        var failed = 0;
        await ReceiveAsync(line =>
        {
            answers++;
            if (line.IndexOf("\"status\":200"u8) < 0) failed++;
        });
        return (answers, failed);
    }

    /// <summary>Waits for answers and passes each on.</summary>
    public async ValueTask ReceiveAsync(LineReceived received)
    {
        var read = await socket.ReceiveAsync(buffer);
        lines.Feed(buffer.AsSpan(0, read), received);
    }

    /// <summary>Ends the request body.</summary>
    public ValueTask FinishAsync() => socket.SendAsync("0\r\n\r\n"u8.ToArray());

    public void Dispose() => socket.Dispose();
}
