using System.Globalization;
using System.Net.Http.Headers;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>Signs a delivery and sends it once.</summary>
/// <param name="time">Dates the signature: receivers refuse old ones, so each try has its own.</param>
public sealed class WebhookSender(OutboundClient client, TimeProvider time)
{
    /// <summary>What follows a plus says from which commit the program was built, which is nobody's business.</summary>
    private static readonly string UserAgent = $"OrleansBilling/{ProgramVersion.Text.Split('+')[0]}";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Whatever the other side does is an outcome.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<DeliveryOutcome> SendAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        using var content = new ReadOnlyMemoryContent(request.Body);
        content.Headers.ContentType = Json;
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Url) { Content = content };
        message.Headers.Add("webhook-id", request.Id);
        message.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        message.Headers.Add("webhook-signature", WebhookSignature.Of(request.Secrets, request.Id, now, request.Body.Span));
        message.Headers.Add("User-Agent", UserAgent);
        return await client.SendAsync(message, cancellationToken);
    }
}
