namespace OrleansBilling.Runtime.Webhooks;

/// <summary>Encrypts what is a secret and has to be read again.</summary>
public interface ISecretBox
{
    /// <summary>Whether it can encrypt. Without a master key, callers keep no secret.</summary>
    bool CanKeep { get; }

    /// <param name="purpose">Where the secret belongs. It can be opened only for the same purpose.</param>
    /// <param name="secret">What is encrypted.</param>
    byte[] Seal(string purpose, byte[] secret);

    /// <summary>The secret; null if its key is not in the ring, or the cipher is damaged.</summary>
    byte[]? TryUnseal(string purpose, byte[] cipher);
}
