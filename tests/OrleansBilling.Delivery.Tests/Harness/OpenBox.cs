using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>Encrypts nothing.</summary>
internal sealed class OpenBox : ISecretBox
{
    public bool CanKeep => true;

    public byte[] Seal(string purpose, byte[] secret) => secret;

    public byte[]? TryUnseal(string purpose, byte[] cipher) => cipher;
}
