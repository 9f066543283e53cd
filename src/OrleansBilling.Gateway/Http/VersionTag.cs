using System.Globalization;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>Versions as entity tags: version 7 is <c>"7"</c> in ETag and If-Match.</summary>
internal static class VersionTag
{
    /// <summary>A version that nothing has.</summary>
    private const long Never = -1;

    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version that the caller expects; null for any. A tag that is none of ours matches nothing, and neither does a weak one.
    /// </summary>
    public static ApiError? Read(HttpRequest request, out long? expected)
    {
        expected = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags.Count != 1)
            return new ApiError(422, "invalid_if_match", "If-Match must be one ETag of this API, such as \"7\".", "If-Match");
        if (tags[0].Equals(EntityTagHeaderValue.Any)) return null;
        var digits = tags[0].Tag.AsSpan().Trim('"');
        expected = !tags[0].IsWeak && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : Never;
        return null;
    }
}
