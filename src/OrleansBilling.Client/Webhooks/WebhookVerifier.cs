using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.Client.Webhooks;

/// <summary>
/// Checks deliveries of webhooks by the rules of Standard Webhooks. Give it the body's bytes as they came, before anything parses them.
/// While a secret is rotated, a delivery has one signature for each secret; either fits.
/// </summary>
public sealed class WebhookVerifier
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>More signatures than a rotation ever makes.</summary>
    private const int SignaturesMax = 16;

    private readonly byte[][] secrets;
    private readonly TimeProvider time;
    private readonly TimeSpan tolerance;

    /// <param name="secrets">The secrets of the endpoint, <c>whsec_…</c>; more than one while it is rotated.</param>
    /// <param name="tolerance">How far the delivery's time may be from now; five minutes if it is not given.</param>
    public WebhookVerifier(IEnumerable<string> secrets, TimeProvider? time = null, TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        this.secrets = [.. secrets.Select(Decode)];
        if (this.secrets.Length == 0) throw new ArgumentException("There is no secret.", nameof(secrets));
        this.time = time ?? TimeProvider.System;
        this.tolerance = tolerance ?? TimeSpan.FromMinutes(5);
    }

    public WebhookVerifier(string secret, TimeProvider? time = null, TimeSpan? tolerance = null)
        : this([secret], time, tolerance)
    {
    }

    /// <summary>Checks a delivery and reads it.</summary>
    /// <exception cref="WebhookException">It is not to be trusted.</exception>
    public FeedEvent Read(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        var verdict = Check(id, timestamp, signatures, body);
        if (verdict != WebhookVerdict.Valid) throw new WebhookException(verdict);
        return JsonSerializer.Deserialize(body, ApiJson.Default.FeedEvent) ?? throw new WebhookException(WebhookVerdict.Malformed);
    }

    /// <summary>Checks a delivery.</summary>
    /// <param name="id">The header webhook-id. Repetitions of a delivery have the same.</param>
    /// <param name="timestamp">The header webhook-timestamp.</param>
    /// <param name="signatures">The header webhook-signature.</param>
    public WebhookVerdict Check(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id) || signatures is null || !TryReadTime(timestamp, out var sent)) return WebhookVerdict.Malformed;
        if ((time.GetUtcNow() - sent).Duration() > tolerance) return WebhookVerdict.Stale;
        var given = signatures.Split(' ', SignaturesMax + 1, StringSplitOptions.RemoveEmptyEntries);
        if (given.Length is 0 or > SignaturesMax) return WebhookVerdict.Malformed;

        // All are compared, so that the time says nothing about which fits.
        var fits = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Signature(secret, id, timestamp!, body));
            foreach (var signature in given)
                fits |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }

        return fits ? WebhookVerdict.Valid : WebhookVerdict.Forged;
    }

    /// <summary>Signs a delivery with every secret, for tests of receivers.</summary>
    public string Sign(string id, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        var timestamp = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signatures = new List<string>();
        foreach (var secret in secrets) signatures.Add(Signature(secret, id, timestamp, body));
        return string.Join(' ', signatures);
    }

    private static string Signature(byte[] secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static bool TryReadTime(string? timestamp, out DateTimeOffset sent)
    {
        sent = default;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        if (seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        sent = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static byte[] Decode(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0
            ? bytes[..length]
            : throw new ArgumentException("A secret is whsec_ and base64.", nameof(secret));
    }
}
