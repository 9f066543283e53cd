using System.Buffers;
using System.IO.Pipelines;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

internal static class BodyReader
{
    /// <summary>How much of a body that is too large is read and discarded before the error is sent.</summary>
    public const int DrainedBytesMax = 8 * 1024 * 1024;
}

/// <summary>Reads whole bodies of one kind.</summary>
/// <param name="bytesMax">The largest body in bytes.</param>
internal abstract class BodyReader<T>(int bytesMax)
    where T : class
{
    public async ValueTask<RequestBody<T>> ReadAsync(HttpContext http, bool fingerprint)
    {
        var request = http.Request;
        var reader = request.BodyReader;
        if (request.ContentLength > bytesMax) return await RefuseTooLargeAsync(reader, http.RequestAborted);
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > bytesMax)
            {
                reader.AdvanceTo(buffer.End);
                return await RefuseTooLargeAsync(reader, http.RequestAborted);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            try
            {
                ReadOnlySpan<byte> bytes = buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray();
                return Parse(request, bytes, fingerprint);
            }
            finally
            {
                reader.AdvanceTo(buffer.End);
            }
        }
    }

    protected abstract RequestBody<T> Parse(HttpRequest request, ReadOnlySpan<byte> bytes, bool fingerprint);

    /// <summary>
    /// Reads and discards more of the body. If the connection closed while the caller is still sending, the caller would
    /// see a broken pipe instead of the answer.
    /// </summary>
    private async ValueTask<RequestBody<T>> RefuseTooLargeAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        for (var drained = 0L; drained < BodyReader.DrainedBytesMax;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            drained += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        return new(null, ApiErrors.BodyLargerThan(bytesMax), 0);
    }
}
