using System.Buffers;
using System.Text.Json;

namespace OrleansBilling.Client.Http;

/// <summary>
/// Lines that are sent together. A connection of HTTP/1.1 first sends a body and then reads the answer, so a body must fit into what the
/// server takes in before anybody reads its answers: 1 MiB.
/// </summary>
internal sealed class CommandBatch(int linesMax)
{
    private const int BytesMax = 512 * 1024;

    private readonly ArrayBufferWriter<byte> body = new();

    public int Lines { get; private set; }

    public bool IsFull => Lines == linesMax;

    public bool Fits(byte[] line) => Lines == 0 || body.WrittenCount + line.Length < BytesMax;

    public void Add(byte[] line)
    {
        body.Write(line);
        body.Write("\n"u8);
        Lines++;
    }

    public byte[] ToBody() => body.WrittenSpan.ToArray();

    public static byte[] Write(CommandLine line) => JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Default.CommandLine);
}
