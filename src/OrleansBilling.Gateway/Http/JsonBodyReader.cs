using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>Reads JSON bodies of at most 1 MiB.</summary>
/// <param name="whenEmpty">The meaning of an empty body; null if there must be a body.</param>
internal sealed class JsonBodyReader<T>(JsonTypeInfo<T> type, T? whenEmpty) : BodyReader<T>(ApiErrors.BodyBytesMax)
    where T : class
{
    protected override RequestBody<T> Parse(HttpRequest request, ReadOnlySpan<byte> bytes, bool fingerprint)
    {
        var print = fingerprint ? IdempotencyHeader.Fingerprint(request.Method, request.Path.Value!, bytes) : 0;
        if (bytes.IsEmpty && whenEmpty is not null) return new(whenEmpty, null, print);
        if (!JsonBody.IsJson(request)) return new(null, ApiErrors.MediaType(JsonBody.ContentType), 0);
        if (bytes.IsEmpty) return new(null, ApiErrors.EmptyBody, 0);
        if (!JsonBody.TryParse(bytes, type, out var value, out var error)) return new(null, error, 0);
        return new(value, null, print) { Patch = HttpMethods.IsPatch(request.Method) ? bytes.ToArray() : null };
    }
}
