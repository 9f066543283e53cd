namespace OrleansBilling.Client.Webhooks;

/// <summary>A delivery is not to be trusted. Answer it with status 401.</summary>
public sealed class WebhookException : Exception
{
    internal WebhookException(WebhookVerdict verdict)
        : base($"The webhook is {verdict.ToString().ToLowerInvariant()}.") => Verdict = verdict;

    public WebhookVerdict Verdict { get; }
}
