using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>A parsed request body or the error in it, and its fingerprint if the request has an idempotency key.</summary>
internal readonly record struct JsonBody<T>(T? Value, ApiError? Error, ulong Fingerprint)
    where T : class
{
    /// <summary>The bytes of a patch; null for other bodies.</summary>
    public byte[]? Patch { get; init; }
}

/// <summary>Reads JSON bodies of at most 1 MiB.</summary>
internal static class JsonBody
{
    public const string ContentType = "application/json";

    /// <summary>Patches may also bear their own media type.</summary>
    public const string PatchContentType = "application/merge-patch+json";

    /// <summary>How much of a body that is too large is read and discarded before the error is sent.</summary>
    public const int DrainedBytesMax = 8 * 1024 * 1024;

    /// <param name="whenEmpty">The meaning of an empty body; null if there must be a body.</param>
    public static async ValueTask<JsonBody<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, T? whenEmpty, bool fingerprint)
        where T : class
    {
        var request = http.Request;
        var reader = request.BodyReader;
        if (request.ContentLength > ApiErrors.BodyBytesMax) return await RefuseTooLargeAsync<T>(reader, http.RequestAborted);
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > ApiErrors.BodyBytesMax)
            {
                reader.AdvanceTo(buffer.End);
                return await RefuseTooLargeAsync<T>(reader, http.RequestAborted);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            try
            {
                ReadOnlySpan<byte> bytes = buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray();
                return Parse(request, bytes, type, whenEmpty, fingerprint);
            }
            finally
            {
                reader.AdvanceTo(buffer.End);
            }
        }
    }

    /// <summary>
    /// Reads and discards more of the body. If the connection closed while the caller is still sending, the caller would
    /// see a broken pipe instead of the answer.
    /// </summary>
    private static async ValueTask<JsonBody<T>> RefuseTooLargeAsync<T>(PipeReader reader, CancellationToken cancellationToken)
        where T : class
    {
        for (var drained = 0L; drained < DrainedBytesMax;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            drained += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        return new(null, ApiErrors.BodyTooLarge, 0);
    }

    private static JsonBody<T> Parse<T>(HttpRequest request, ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type, T? whenEmpty, bool fingerprint)
        where T : class
    {
        var print = fingerprint ? IdempotencyHeader.Fingerprint(request.Method, request.Path.Value!, bytes) : 0;
        if (bytes.IsEmpty && whenEmpty is not null) return new(whenEmpty, null, print);
        if (!IsJson(request)) return new(null, ApiErrors.MediaType(ContentType), 0);
        if (bytes.IsEmpty) return new(null, ApiErrors.EmptyBody, 0);
        if (!TryParse(bytes, type, out var value, out var error)) return new(null, error, 0);
        return new(value, null, print) { Patch = HttpMethods.IsPatch(request.Method) ? bytes.ToArray() : null };
    }

    /// <summary>Parses the JSON, or finds out what is wrong with it.</summary>
    public static bool TryParse<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type, out T? value, out ApiError? error)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(bytes, type);
            error = value is null ? JsonFault.Explain(bytes, type) : null;
        }
        catch (JsonException)
        {
            value = null;
            error = JsonFault.Explain(bytes, type);
        }

        return error is null;
    }

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0) return false;
        var contentType = request.ContentType;
        if (contentType is ContentType or "application/json; charset=utf-8") return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var parsed) &&
            (parsed.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase) ||
                (HttpMethods.IsPatch(request.Method) && parsed.MediaType.Equals(PatchContentType, StringComparison.OrdinalIgnoreCase))) &&
            (!parsed.Charset.HasValue || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
