using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>Reads a JSON body of limited size. An invalid body becomes a refusal that names the field.</summary>
internal static class RequestBody
{
    /// <summary>The server rejects longer bodies.</summary>
    public const int BytesMax = 64 * 1024;

    public static async ValueTask<(T? Body, Refusal? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
            return (null, new Refusal(415, "content_type_invalid", null, "The body must be application/json."));
        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            return (body, body is null ? new Refusal(400, "body_invalid", null, "The body must be a JSON object.") : null);
        }
        catch (JsonException exception)
        {
            // The exception's message names internal types, so only its path is used: it is the field.
            return exception.Path?.TrimStart('$', '.') is { Length: > 0 } field
                ? (null, new Refusal(
                    400, "body_invalid", field, "This field is unknown, comes twice, or has the wrong type of value."))
                : (null, new Refusal(400, "body_invalid", null, "The body is not well-formed JSON."));
        }
        catch (BadHttpRequestException exception)
        {
            var code = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body_too_large" : "body_invalid";
            return (null, new Refusal(exception.StatusCode, code, null, exception.Message));
        }
    }
}
