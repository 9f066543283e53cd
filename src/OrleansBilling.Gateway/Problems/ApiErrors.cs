using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Problems;

/// <summary>The gateway's own refusals, and the mapping of the runtime's refusals to HTTP.</summary>
internal static class ApiErrors
{
    public const int BodyBytesMax = 1024 * 1024;

    private const int RetryAfterSeconds = 1;

    public static ApiError BodyTooLarge { get; } = new(413, "body_too_large", "The body is larger than 1 MiB.");

    public static ApiError BodyLargerThan(int bytesMax) => bytesMax == BodyBytesMax
        ? BodyTooLarge
        : BodyTooLarge with { Detail = string.Create(CultureInfo.InvariantCulture, $"The body is larger than {bytesMax / 1024} KiB.") };

    public static ApiError EmptyBody { get; } = new(400, "malformed_json", "The body is empty; a JSON object is expected.");

    public static ApiError InvalidUnicode(string? field) => new(400, "malformed_json", "A string is not valid Unicode.", field);

    public static ApiError MediaType(string expected) =>
        new(415, "unsupported_media_type", $"The body must be {expected}, in UTF-8 and without a content encoding.");

    public static ApiError ImageType { get; } = new(
        415, "unsupported_media_type", "The body must be image/png or image/jpeg, without a content encoding.");

    public static ApiError MissingKey { get; } = new(401, "unauthenticated", "An API key is required: Authorization: Bearer <key>.");

    public static ApiError WrongKey { get; } = new(401, "invalid_key", "This API key is unknown, expired or removed.");

    public static ApiError Forbidden { get; } = new(403, "forbidden", "This key may not do this.");

    /// <param name="detail">What the key may do instead.</param>
    /// <param name="field">The field that asks for what is not the caller's.</param>
    public static ApiError ForbiddenTo(string detail, string? field = null) => new(403, Forbidden.Code, detail, field);

    public static ApiError OutOfScope { get; } = new(
        403, "key_out_of_scope", "This key is limited by its scopes and may not do this.");

    public static ApiError NoSuchRoute { get; } = new(404, "route_not_found", "There is no such path.");

    public static ApiError WrongMethod { get; } = new(405, "method_not_allowed", "The path exists, but not with this method.");

    public static ApiError Internal { get; } = new(500, "internal_error", "The request failed with an internal error, which was logged.");

    public static ApiError NotFound(string kind, string? field = null) =>
        new(404, $"{kind}_not_found", $"There is no {kind} with this id.", field);

    public static ApiError Exists(string kind) => new(409, $"{kind}_exists", $"The id of this {kind} is taken.", "id");

    public static ApiError Required(string field) => new(400, "required", $"{field} is required.", field);

    public static ApiError OutOfRange(string field, long min, long max) =>
        new(422, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{field} must be between {min} and {max}."), field);

    public static ApiError WrongType(string field, string expected) => new(400, "wrong_type", $"{field} must be {expected}.", field);

    public static ApiError Rebuilding(string detail) => new(503, "rebuilding", detail, null, RetryAfterSeconds);

    public static ApiError Unavailable(string detail) => new(503, "unavailable", detail, null, RetryAfterSeconds);

    /// <summary>Each kind of refusal has one status.</summary>
    public static ApiError From(Refusal refusal)
    {
        var status = refusal.Kind switch
        {
            RefusalKind.Invalid => 422,
            RefusalKind.NotFound => 404,
            RefusalKind.Forbidden => 403,
            RefusalKind.Conflict => 409,
            RefusalKind.TooMany => 429,
            RefusalKind.Outdated => 412,
            _ => throw new InvalidOperationException($"{refusal.Kind} is not known."),
        };
        return new ApiError(status, refusal.Code, refusal.Detail, refusal.Field);
    }

    /// <summary>A technical failure; retry with the same key. A full queue means the caller is too fast (429); all else is 503.</summary>
    public static ApiError From(CommandResult.Unavailable result) =>
        new(result.Code == "busy" ? 429 : 503, result.Code, result.Detail, null, RetryAfterSeconds);
}
