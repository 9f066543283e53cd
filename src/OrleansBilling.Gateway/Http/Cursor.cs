using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OrleansBilling.Gateway.Http;

/// <summary>Marks the position where a list continues. It is opaque to callers, so that its content may change.</summary>
internal static class Cursor
{
    private const char Version = '1';

    public static string Encode(string position) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Version + position));

    public static string Encode(long position) => Encode(position.ToString(CultureInfo.InvariantCulture));

    /// <param name="mark">A letter for the list, so that no other list accepts the cursor.</param>
    public static string Encode(char mark, long position) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"{mark}{position}"));

    public static bool TryDecode(string cursor, out string position)
    {
        position = "";
        if (cursor.Length is 0 or > 200 || !Base64Url.IsValid(cursor)) return false;
        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        if (text.Length < 2 || text[0] != Version) return false;
        position = text[1..];
        return true;
    }
}
