using System.Buffers.Text;

namespace OrleansBilling.LoadTests.Http;

/// <summary>
/// HTTP/1.1 over one kept-alive connection, one request at a time (no pipelining), with minimal parsing: the status, the
/// length and the body. It expects responses with a length, as Kestrel and the gateway write them, and fails at anything else.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const int AnswerBytesMax = 64 * 1024;
    private readonly RawSocket socket = new();
    private readonly byte[] buffer = new byte[AnswerBytesMax];

    public Task ConnectAsync(Uri address, CancellationToken cancellationToken) => socket.ConnectAsync(address, cancellationToken);

    public bool IsConnected => socket.IsConnected;

    /// <summary>The body of the last response.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Sends a request, reads the whole response and returns its status.</summary>
    public async ValueTask<int> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var received = 0;
        while (true)
        {
            if (received == buffer.Length) throw new LoadTestException($"An answer is longer than {AnswerBytesMax} bytes.");
            received += await socket.ReceiveAsync(buffer.AsMemory(received));
            if (AnswerHead.TryParse(buffer.AsSpan(0, received), out var head) && received >= head.Length + head.BodyLength)
            {
                Body = buffer.AsMemory(head.Length, head.BodyLength);
                return head.Status;
            }
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>The parts of a response head that are needed.</summary>
    private readonly record struct AnswerHead(int Status, int Length, int BodyLength)
    {
        public static bool TryParse(ReadOnlySpan<byte> bytes, out AnswerHead head)
        {
            head = default;
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0) return false;
            var lengthAt = bytes[..end].IndexOf("Content-Length: "u8);
            if (lengthAt < 0 || !Utf8Parser.TryParse(bytes["HTTP/1.1 ".Length..], out int status, out _) ||
                !Utf8Parser.TryParse(bytes[(lengthAt + "Content-Length: ".Length)..], out int bodyLength, out _))
                throw new LoadTestException("An answer has no status or no length.");
            head = new AnswerHead(status, end + 4, bodyLength);
            return true;
        }
    }
}
