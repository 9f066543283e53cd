using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>Parses JSON bodies.</summary>
internal static class JsonBody
{
    public const string ContentType = "application/json";

    /// <summary>Patches may also bear their own media type.</summary>
    public const string PatchContentType = "application/merge-patch+json";

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

    public static bool IsJson(HttpRequest request)
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
