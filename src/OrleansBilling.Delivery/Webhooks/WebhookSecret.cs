using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>The key that an endpoint's deliveries are signed with, as Standard Webhooks write it: <c>whsec_</c> and Base64.</summary>
public sealed class WebhookSecret
{
    public const int BytesMin = 24;
    public const int BytesMax = 64;

    private const string Prefix = "whsec_";
    private const int NewBytes = 32;
    private static readonly int CharactersMax = Prefix.Length + ((BytesMax + 2) / 3 * 4);

    private readonly byte[] key;

    private WebhookSecret(byte[] key) => this.key = key;

    /// <summary>The secret itself: for its owner, once, and for storing it encrypted. It is not part of any JSON.</summary>
    [JsonIgnore]
    public string Text => Prefix + Convert.ToBase64String(key);

    internal ReadOnlySpan<byte> Key => key;

    public static WebhookSecret New(Dice dice)
    {
        ArgumentNullException.ThrowIfNull(dice);
        var key = new byte[NewBytes];
        dice(key);
        return new WebhookSecret(key);
    }

    /// <summary>Accepts the one spelling that <see cref="Text"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        if (text is null || text.Length > CharactersMax || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;

        Span<byte> key = stackalloc byte[BytesMax];
        if (!Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), key, out var bytes) || bytes < BytesMin) return false;
        var parsed = new WebhookSecret(key[..bytes].ToArray());
        // Base64 forgives white space and stray bits at the end.
        if (parsed.Text != text) return false;
        secret = parsed;
        return true;
    }

    /// <summary>Does not tell the secret, so a log that is given one does not either.</summary>
    public override string ToString() => "whsec_(redacted)";
}
