using System.Globalization;
using NodaTime;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>What became of one attempt to send an event.</summary>
/// <param name="At">When it began.</param>
/// <param name="IsTaken">Whether the endpoint took the event.</param>
internal sealed record SendAttempt(Instant At, bool IsTaken)
{
    public int? Status { get; private init; }

    public int? Milliseconds { get; private init; }

    /// <summary>Why it failed.</summary>
    public string? Fault { get; private init; }

    /// <summary>How long the endpoint wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the endpoint wants nothing more.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Whether nothing was sent, through no fault of the endpoint.</summary>
    public bool IsOurs { get; private init; }

    /// <summary>Nothing was sent.</summary>
    public static SendAttempt Failed(Instant at, string fault) => new(at, false) { Fault = fault, IsOurs = true };

    /// <summary>Signs something and sends it once.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<SendAttempt> MakeAsync(
        WebhookEndpoint endpoint, RenderedEvent content, WebhookSender sender, ISecretBox box, Instant now,
        CancellationToken cancellationToken)
    {
        var secrets = SigningSecrets.At(endpoint, now, box);
        if (secrets.Count == 0) return Failed(now, "secret_unreadable");
        if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url)) return Failed(now, "url_invalid") with { IsOurs = false };
        return Of(await sender.SendAsync(new WebhookRequest(url, content.Id, content.Json, secrets), cancellationToken), now);
    }

    private static SendAttempt Of(DeliveryOutcome outcome, Instant at)
    {
        var milliseconds = (int)Math.Min(outcome.Duration.TotalMilliseconds, int.MaxValue);
        return outcome switch
        {
            DeliveryOutcome.Delivered x => new SendAttempt(at, true) { Status = x.Status, Milliseconds = milliseconds },
            DeliveryOutcome.Failed x => new SendAttempt(at, false)
            {
                Status = x.Status, Milliseconds = milliseconds, RetryAfter = x.RetryAfter, IsGone = x.Gone,
                Fault = string.Create(CultureInfo.InvariantCulture, $"status_{x.Status}"),
            },
            DeliveryOutcome.NoAnswer x => new SendAttempt(at, false) { Milliseconds = milliseconds, Fault = x.Reason.Name() },
            _ => throw new InvalidOperationException($"{outcome} is not known."),
        };
    }
}
