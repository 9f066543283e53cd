using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// The caller's idempotency key. It is bound to the tenant, so that no caller gets another's answers. A fingerprint of
/// method, path and body as received goes with it: a repeated request must be equal byte for byte.
/// </summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const string ReplayedName = "Idempotent-Replayed";
    public const int CharactersMax = 255;

    public static ApiError? Check(string? key, string field)
    {
        return key is null || (key.Length is >= 1 and <= CharactersMax && Http.Check.IsVisibleAscii(key))
            ? null
            : new ApiError(422, "invalid_idempotency_key", $"{field} must be 1 to 255 visible ASCII characters.", field);
    }

    public static IdempotencyKey Bind(string tenant, string key, ulong fingerprint) => new(Hash(tenant, "\n", key), fingerprint);

    /// <summary>A hash of a request without its caller.</summary>
    public static ulong Fingerprint(string method, string path, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method} {path}\n"));
        hash.AppendData(body);
        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(result);
        return BinaryPrimitives.ReadUInt64BigEndian(result);
    }

    /// <summary>A hash of a stream's line.</summary>
    public static ulong Fingerprint(ReadOnlySpan<byte> line)
    {
        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, result);
        return BinaryPrimitives.ReadUInt64BigEndian(result);
    }

    private static ulong Hash(string first, string second, string third)
    {
        Span<byte> text = stackalloc byte[1024];
        var length = Encoding.UTF8.GetBytes(first, text);
        length += Encoding.UTF8.GetBytes(second, text[length..]);
        length += Encoding.UTF8.GetBytes(third, text[length..]);
        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], result);
        return BinaryPrimitives.ReadUInt64BigEndian(result);
    }
}
