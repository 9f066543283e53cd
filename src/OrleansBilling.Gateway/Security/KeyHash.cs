using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Gateway.Security;

/// <summary>The SHA-256 hash of a secret. It is stored and compared in place of the secret.</summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    public const int SecretCharactersMax = 512;

    public static KeyHash Of(ReadOnlySpan<char> secret)
    {
        Span<byte> utf8 = stackalloc byte[SecretCharactersMax * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(secret, utf8)], hash);
        return new KeyHash(Part(hash, 0), Part(hash, 1), Part(hash, 2), Part(hash, 3));

        static ulong Part(ReadOnlySpan<byte> hash, int n) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash[(n * 8)..]);
    }

    /// <summary>Lower-case hex, as stored.</summary>
    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";
}
