using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Gateway.Security;

/// <summary>
/// Ids for callers that give none: a prefix and 26 base32 characters. Fresh ids begin with the time, so they sort by it. The id of a
/// request with an idempotency key is derived from tenant and key, so a repeated request finds what the first one created.
/// </summary>
internal sealed class Ids(IClock clock, Dice dice)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Characters = 26;

    /// <summary>Whether an id is 1 to 64 of A-Z a-z 0-9 _ . : - and neither "." nor "..", which cannot be a segment of a URL.</summary>
    public static bool IsValid(string id)
    {
        if (id.Length is < 1 or > FieldLimits.IdCharactersMax || id is "." or "..") return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-')) return false;
        }

        return true;
    }

    /// <summary>A new id that sorts by time.</summary>
    public string New(string prefix)
    {
        Span<byte> bytes = stackalloc byte[17];
        dice(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, clock.GetCurrentInstant().ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        return Encode(prefix, bytes);
    }

    /// <summary>The id of a new object if the caller gave none. It is derived from the caller's key if there is one.</summary>
    public string New(string prefix, string tenant, string? key) => key is null ? New(prefix) : Derive(prefix, tenant, key);

    /// <summary>The id that a request with a key creates.</summary>
    private static string Derive(string prefix, string tenant, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}\n{tenant}\n{key}"), hash);
        return Encode(prefix, hash[..17]);
    }

    private static string Encode(string prefix, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Characters];
        for (var n = 0; n < Characters; n++)
        {
            var bit = n * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text[n] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return string.Concat(prefix, text);
    }
}
