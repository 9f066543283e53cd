using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Marks the position where a list continues. It is opaque to callers, so that its content may change, apart from the cursor of the feed
/// of events, which integrators keep for months. <see cref="Query.NextCursor(string)"/> binds the cursors of all other lists to their list.
/// </summary>
internal static class Cursor
{
    /// <summary>The most characters of a position.</summary>
    public const int PositionMax = 140;

    /// <summary>The cursor of the feed.</summary>
    public const char Feed = '1';

    /// <summary>The cursor of a page, which begins with the mark of its list.</summary>
    public const char Page = '2';

    /// <summary>Enough for the most characters of a position, and a mark.</summary>
    private const int EncodedMax = 200;

    /// <summary>The last instant that a cursor may name, in the year 9999.</summary>
    private static readonly long MillisecondsMax = Instant.FromUtc(9999, 12, 31, 0, 0).ToUnixTimeMilliseconds();

    public static string Encode(char kind, string content) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(kind + content));

    /// <summary>Reads a part of a position: milliseconds since 1970.</summary>
    public static bool TryParseInstant(string part, out Instant at)
    {
        var valid = long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds) &&
            milliseconds >= -MillisecondsMax && milliseconds <= MillisecondsMax;
        at = valid ? Instant.FromUnixTimeMilliseconds(milliseconds) : default;
        return valid;
    }

    public static bool TryDecode(char kind, string cursor, out string content)
    {
        content = "";
        if (cursor.Length is 0 or > EncodedMax || !Base64Url.IsValid(cursor)) return false;
        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        if (text.Length < 2 || text[0] != kind) return false;
        content = text[1..];
        return true;
    }
}
