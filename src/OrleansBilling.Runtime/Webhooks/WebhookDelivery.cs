using System.Collections.Frozen;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Webhooks;

/// <summary>What became of one event at one endpoint.</summary>
/// <param name="Event">The event. Its position tells deliveries of an endpoint apart.</param>
/// <param name="IsDelivered">Whether the endpoint took it.</param>
public sealed record WebhookDelivery(PlacedEvent Event, bool IsDelivered)
{
    /// <summary>How often it was sent. One that was never sent waits for an earlier event of its subscription.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was sent last.</summary>
    public Instant? LastAt { get; init; }

    /// <summary>When it will be sent again.</summary>
    public Instant? NextAt { get; init; }

    /// <summary>The HTTP status of the last answer; null if there was none.</summary>
    public int? Status { get; init; }

    /// <summary>How long the last attempt took, in milliseconds.</summary>
    public int? Milliseconds { get; init; }

    /// <summary>Why the last attempt failed, in a few words; null if it did not.</summary>
    public string? Fault { get; init; }
}

/// <summary>Past events that an endpoint is to get again.</summary>
/// <param name="After">The position after which; moves with what was sent.</param>
/// <param name="Through">The last position.</param>
public sealed record WebhookReplay(long After, long Through)
{
    /// <summary>Only events of this subscription; null for all.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>Only these types; null for all that the endpoint gets.</summary>
    public FrozenSet<FeedEventType>? Types { get; init; }
}
