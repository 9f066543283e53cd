namespace OrleansBilling.Client.Webhooks;

/// <summary>What was found about a delivery.</summary>
public enum WebhookVerdict
{
    /// <summary>It is from the installation that shares the secret, it is fresh, and it is as it was sent.</summary>
    Valid,

    /// <summary>A header is missing, or it is no id, time or list of signatures.</summary>
    Malformed,

    /// <summary>Its time is too far from now: it may be a repetition by somebody else.</summary>
    Stale,

    /// <summary>No signature fits a secret.</summary>
    Forged,
}
