using System.Security.Cryptography;
using System.Text;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Gateway.Security;

/// <summary>
/// Encrypts the keys of the key ring (AES-256-GCM). It is not in the database, so who has the database alone reads no secret in it.
/// </summary>
internal sealed class MasterKey(byte[] secret, Dice dice)
{
    public const int Bytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>By which it is known, without telling anything about it.</summary>
    public string Name { get; } =
        Convert.ToHexStringLower(SHA256.HashData([.. "orleans-billing master key "u8, .. secret]).AsSpan(0, 8));

    /// <param name="keyId">The id of the key. A key that was stored under another id cannot be opened.</param>
    public byte[] Wrap(string keyId, ReadOnlySpan<byte> content)
    {
        var wrapped = new byte[NonceBytes + TagBytes + content.Length];
        var nonce = wrapped.AsSpan(0, NonceBytes);
        dice(nonce);
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(
            nonce, content, wrapped.AsSpan(NonceBytes + TagBytes), wrapped.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(keyId));
        return wrapped;
    }

    /// <exception cref="CryptographicException">It was wrapped by another master key or under another id, or it is damaged.</exception>
    public byte[] Open(string keyId, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < NonceBytes + TagBytes) throw new CryptographicException("A key of the ring is too short.");
        var content = new byte[wrapped.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Decrypt(
            wrapped[..NonceBytes], wrapped[(NonceBytes + TagBytes)..], wrapped.Slice(NonceBytes, TagBytes), content,
            Encoding.UTF8.GetBytes(keyId));
        return content;
    }
}
