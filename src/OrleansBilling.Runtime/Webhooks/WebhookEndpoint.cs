using System.Collections.Frozen;
using NodaTime;
using OrleansBilling.Domain.Feed;

namespace OrleansBilling.Runtime.Webhooks;

/// <summary>An address that events of the feed are sent to.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SellerId">Only events of this seller are sent; null for all.</param>
/// <param name="CreatedAt">When it was added. Events from then on are sent.</param>
public sealed record WebhookEndpoint(string Id, string? SellerId, Instant CreatedAt)
{
    /// <summary>The most endpoints of one seller, and of the marketplace.</summary>
    public const int PerOwnerMax = 16;

    /// <summary>An HTTPS address.</summary>
    public required string Url { get; init; }

    /// <summary>The secrets that sign what is sent.</summary>
    public required WebhookSecrets Secrets { get; init; }

    /// <summary>Only events of these types are sent; null for all.</summary>
    public FrozenSet<FeedEventType>? Types { get; init; }

    public string? Description { get; init; }

    /// <summary>Why nothing is sent; null while it is enabled. What is not sent meanwhile waits.</summary>
    public DisabledBecause? Disabled { get; init; }

    /// <summary>When it was disabled last.</summary>
    public Instant? DisabledAt { get; init; }

    /// <summary>When it last took an event.</summary>
    public Instant? SucceededAt { get; init; }

    /// <summary>The first failure since its last success.</summary>
    public Instant? FailingSince { get; init; }

    /// <summary>Counts the changes of its settings, from 1.</summary>
    public long Version { get; init; } = 1;
}

/// <summary>The secrets of an endpoint, encrypted. During a rotation, both sign.</summary>
/// <param name="Present">The secret.</param>
/// <param name="Past">The one before; null if it no longer signs.</param>
/// <param name="PastUntil">Until when the one before signs.</param>
public sealed record WebhookSecrets(byte[] Present, byte[]? Past = null, Instant? PastUntil = null);

/// <summary>Why nothing is sent to an endpoint. The names are stored.</summary>
public enum DisabledBecause
{
    /// <summary>Its owner wanted it.</summary>
    Asked = 1,

    /// <summary>It answered 410.</summary>
    Gone = 2,

    /// <summary>It has taken nothing for five days.</summary>
    Failing = 3,
}
