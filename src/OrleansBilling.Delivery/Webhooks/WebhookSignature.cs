using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>The header <c>webhook-signature</c> of Standard Webhooks.</summary>
public static class WebhookSignature
{
    /// <summary>
    /// One signature per secret, separated by spaces: while a secret is being replaced, receivers know either. The last of several stands
    /// twice, because the C# libraries for receivers overlook the last of a list.
    /// </summary>
    /// <param name="id">What the header <c>webhook-id</c> says.</param>
    /// <param name="timestampSeconds">What the header <c>webhook-timestamp</c> says: seconds since 1970, UTC.</param>
    public static string Of(IReadOnlyList<WebhookSecret> secrets, string id, long timestampSeconds, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (secrets.Count == 0) throw new ArgumentException("A delivery is signed with at least one secret.", nameof(secrets));

        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestampSeconds}."));
        var signatures = new List<string>(secrets.Count + 1);
        foreach (var secret in secrets) signatures.Add(Sign(secret, head, body));
        if (signatures.Count > 1) signatures.Add(signatures[^1]);
        return string.Join(' ', signatures);
    }

    private static string Sign(WebhookSecret secret, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hmac.AppendData(head);
        hmac.AppendData(body);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.GetHashAndReset(hash);
        return $"v1,{Convert.ToBase64String(hash)}";
    }
}
