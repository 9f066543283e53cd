namespace OrleansBilling.Runtime.Webhooks;

/// <summary>What somebody who manages endpoints has to know of how events are sent.</summary>
public interface IWebhookWire
{
    /// <summary>A new secret, as its owner gets it.</summary>
    string NewSecret();

    /// <summary>Why an address cannot be an endpoint; null if nothing in it speaks against it.</summary>
    string? FindFault(string url);

    /// <summary>Encrypts a secret for an endpoint.</summary>
    byte[] Seal(string endpointId, string secret);

    /// <summary>Sends something once, signed like an event.</summary>
    ValueTask<WebhookAttempt> SendAsync(WebhookEndpoint endpoint, RenderedEvent content, CancellationToken cancellationToken);
}

/// <summary>What became of one attempt.</summary>
/// <param name="IsTaken">Whether the endpoint answered with a status from 200 to 299.</param>
/// <param name="Status">Its answer; null if there was none.</param>
/// <param name="Milliseconds">How long it took; null if nothing was sent.</param>
/// <param name="Fault">Why it failed, in a few words; null if it did not.</param>
public sealed record WebhookAttempt(bool IsTaken, int? Status, int? Milliseconds, string? Fault);
