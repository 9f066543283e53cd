using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>The requests to one endpoint.</summary>
internal sealed class EndpointRequests(WebhookEndpoint endpoint, SendingParts parts)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string host = new Uri(endpoint.Url).Authority;

    /// <summary>Sends an event once, when there is a slot for it.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SendAttempt> SendAsync(PendingDelivery delivery, bool isApart, CancellationToken cancellationToken)
    {
        var written = delivery.Written ?? await WriteAsync(delivery.Event, cancellationToken);
        using var slot = await parts.Slots.TakeAsync(host, endpoint.SellerId, isApart, cancellationToken);
        var now = parts.Clock.GetCurrentInstant();
        return written is null
            ? SendAttempt.Failed(now, "unreadable")
            : await SendAttempt.MakeAsync(endpoint, written, parts.Sender, parts.Secrets, now, cancellationToken);
    }

    /// <summary>Writes an event, as soon as the database answers: that it does not is no failure of the endpoint.</summary>
    private async Task<RenderedEvent?> WriteAsync(PlacedEvent e, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (await parts.Renderer.RenderAsync([e], cancellationToken))[0];
            }
            catch (JournalUnavailableException)
            {
                await Task.Delay(Pause, parts.Time, cancellationToken);
            }
        }
    }

    /// <summary>How long an event waits after so many failed attempts.</summary>
    public Duration PauseAfter(int attempts, SendAttempt last)
    {
        Span<byte> random = stackalloc byte[4];
        parts.Dice(random);
        var pause = RetrySchedule.Delay(attempts, last.RetryAfter, BitConverter.ToUInt32(random) / (double)uint.MaxValue);
        return Duration.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds));
    }
}
