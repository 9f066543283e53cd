using System.Text;
using NodaTime;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>The secrets of an endpoint, decrypted.</summary>
internal static class SigningSecrets
{
    /// <summary>The purpose for which an endpoint's secrets are encrypted. It is part of every cipher.</summary>
    public static string PurposeOf(string endpointId) => $"webhook-endpoint/{endpointId}";

    /// <summary>Those that sign at an instant, the present one first; empty if they cannot be read.</summary>
    public static IReadOnlyList<WebhookSecret> At(WebhookEndpoint endpoint, Instant now, ISecretBox box)
    {
        var (stored, purpose) = (endpoint.Secrets, PurposeOf(endpoint.Id));
        var secrets = new List<WebhookSecret>();
        foreach (var cipher in new[] { stored.Present, stored.PastUntil > now ? stored.Past : null })
        {
            if (cipher is null || box.TryUnseal(purpose, cipher) is not { } text) continue;
            if (WebhookSecret.TryParse(Encoding.UTF8.GetString(text), out var secret)) secrets.Add(secret);
        }

        return secrets;
    }
}
