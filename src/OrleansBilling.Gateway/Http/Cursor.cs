using System.Buffers.Text;
using System.Globalization;
using System.Text;
using NodaTime;

namespace OrleansBilling.Gateway.Http;

/// <summary>Marks the position where a list continues. It is opaque to callers, so that its content may change.</summary>
internal static class Cursor
{
    /// <summary>The most characters of a position.</summary>
    public const int PositionMax = 140;

    private const char Version = '1';

    /// <summary>Enough for the most characters of a position.</summary>
    private const int EncodedMax = 200;

    /// <summary>The last instant that a cursor may name, in the year 9999.</summary>
    private static readonly long MillisecondsMax = Instant.FromUtc(9999, 12, 31, 0, 0).ToUnixTimeMilliseconds();

    public static string Encode(string position) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Version + position));

    public static string Encode(long position) => Encode(position.ToString(CultureInfo.InvariantCulture));

    /// <param name="mark">A letter for the list, so that no other list accepts the cursor.</param>
    public static string Encode(char mark, long position) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"{mark}{position}"));

    /// <summary>Reads a part of a position: milliseconds since 1970.</summary>
    public static bool TryParseInstant(string part, out Instant at)
    {
        var valid = long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds) &&
            milliseconds >= -MillisecondsMax && milliseconds <= MillisecondsMax;
        at = valid ? Instant.FromUnixTimeMilliseconds(milliseconds) : default;
        return valid;
    }

    public static bool TryDecode(string cursor, out string position)
    {
        position = "";
        if (cursor.Length is 0 or > EncodedMax || !Base64Url.IsValid(cursor)) return false;
        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        if (text.Length < 2 || text[0] != Version) return false;
        position = text[1..];
        return true;
    }
}
