using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace OrleansBilling.Gateway.Security;

/// <summary>Reads the password of HTTP Basic, which browsers ask for. The user name does not matter.</summary>
internal static class BasicPassword
{
    private const string Scheme = "Basic ";

    /// <summary>A long user name and the longest secret, in UTF-8 and base64.</summary>
    private const int CharactersMax = 4_096;

    /// <summary>The password; null if the header is missing or not of this scheme.</summary>
    public static string? Read(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { Length: <= CharactersMax } text) return null;
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var encoded = text.AsSpan(Scheme.Length).Trim(' ');
        if (!Base64.IsValid(encoded)) return null;
        var credentials = Encoding.UTF8.GetString(Convert.FromBase64String(encoded.ToString()));
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : credentials[(colon + 1)..];
    }
}
