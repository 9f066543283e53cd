using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Writes a document in one piece and with its length, from a buffer that each thread reuses. This avoids chunking and
/// garbage.
/// </summary>
internal static class JsonResponse
{
    /// <summary>Documents are only read as JSON, so escapes for HTML are not needed.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
    };

    private const int KeptBytesMax = 256 * 1024;

    [ThreadStatic]
    private static Buffer? cached;

    public static Task WriteAsync<T>(
        HttpResponse response, string contentType, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var buffer = cached ?? new Buffer();
        cached = null;
        buffer.Writer.Reset(buffer.Bytes);
        JsonSerializer.Serialize(buffer.Writer, document, type);
        buffer.Writer.Flush();

        response.ContentType = contentType;
        response.ContentLength = buffer.Bytes.WrittenCount;
        response.BodyWriter.Write(buffer.Bytes.WrittenSpan);
        buffer.Bytes.ResetWrittenCount();
        if (buffer.Bytes.Capacity <= KeptBytesMax) cached = buffer;
        var flush = response.BodyWriter.FlushAsync(cancellationToken);
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }

    /// <summary>The same bytes, to be kept.</summary>
    public static byte[] ToBytes<T>(T document, JsonTypeInfo<T> type)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(bytes, WriterOptions);
        JsonSerializer.Serialize(writer, document, type);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private sealed class Buffer
    {
        public Buffer()
        {
            Bytes = new ArrayBufferWriter<byte>(4096);
            Writer = new Utf8JsonWriter(Bytes, WriterOptions);
        }

        public ArrayBufferWriter<byte> Bytes { get; }

        public Utf8JsonWriter Writer { get; }
    }
}
