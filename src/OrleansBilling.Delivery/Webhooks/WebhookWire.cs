using System.Text;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>Makes secrets, judges addresses, and sends test events.</summary>
/// <param name="client">Sends.</param>
/// <param name="allowPrivate">Whether addresses may be private.</param>
/// <param name="secrets">Encrypts secrets.</param>
/// <param name="clock">Operational time.</param>
/// <param name="time">The same, for signatures.</param>
/// <param name="dice">Makes secrets.</param>
public sealed class WebhookWire(
    OutboundClient client, bool allowPrivate, ISecretBox secrets, NodaTime.IClock clock, TimeProvider time, Dice dice) : IWebhookWire
{
    private readonly WebhookSender sender = new(client, time);

    public string NewSecret() => WebhookSecret.New(dice).Text;

    public string? FindFault(string url) => OutboundUrl.Check(url, allowPrivate) is OutboundUrl.Refused refused ? refused.Detail : null;

    public byte[] Seal(string endpointId, string secret) =>
        secrets.Seal(SigningSecrets.PurposeOf(endpointId), Encoding.UTF8.GetBytes(secret));

    public async ValueTask<WebhookAttempt> SendAsync(
        WebhookEndpoint endpoint, RenderedEvent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(content);
        var attempt = await SendAttempt.MakeAsync(endpoint, content, sender, secrets, clock.GetCurrentInstant(), cancellationToken);
        return new WebhookAttempt(attempt.IsTaken, attempt.Status, attempt.Milliseconds, attempt.Fault);
    }
}
