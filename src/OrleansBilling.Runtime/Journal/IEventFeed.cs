using System.Collections.Frozen;
using System.Collections.Immutable;
using OrleansBilling.Domain.Feed;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The events of all subscriptions in one order that never changes. A commit writes its events without a position; within a second
/// they get the next ones. So an event with a lower position never appears later, and those of one subscription are in their order.
/// Positions may have gaps, and are never given twice, not even after a restore.
/// </summary>
public interface IEventFeed
{
    /// <summary>The most events of one page.</summary>
    const int PageMax = 1_000;

    /// <summary>The most events of the beginning of a history.</summary>
    const int BeginningEventsMax = 64;

    /// <summary>The most bytes of event data in the beginning of a history.</summary>
    const int BeginningBytesMax = 65_536;

    /// <summary>The position of the newest event; 0 if there is none.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<long> ReadLastAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The next events, in order. It looks at a limited number of events, so a page can be empty although there are more.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Whether there are events of sellers, each after a position. Many are asked for at once, and none of their events is read.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <param name="asked">From 1 to <see cref="PageMax"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<FeedNews> FindNewsAsync(IReadOnlyList<SellerPosition> asked, CancellationToken cancellationToken);

    /// <summary>
    /// The beginnings of the histories of up to <see cref="PageMax"/> subscriptions, with one query, to derive from them what events
    /// of the feed are about. Usage is left out, so a beginning may have gaps. It ends after so many events or bytes.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyDictionary<string, IReadOnlyList<StoredEvent>>> ReadBeginningsAsync(
        IReadOnlyCollection<string> subscriptionIds, CancellationToken cancellationToken);
}

/// <summary>Which events to read.</summary>
/// <param name="After">The position after which to read; 0 for the beginning.</param>
/// <param name="Limit">The most events to return, at most <see cref="IEventFeed.PageMax"/>.</param>
public sealed record FeedQuery(long After, int Limit)
{
    /// <summary>Only the events of these sellers; empty for all.</summary>
    public ImmutableArray<string> SellerIds { get; init; } = [];

    /// <summary>Only events of these types; null for all.</summary>
    public FrozenSet<FeedEventType>? Types { get; init; }

    /// <summary>Whether an event is asked for, whatever its position.</summary>
    public bool Wants(FeedEventType type, string sellerId) =>
        (SellerIds.IsEmpty || SellerIds.Contains(sellerId)) && (Types is null || Types.Contains(type));
}

/// <summary>A seller, and up to where somebody has read his events.</summary>
public readonly record struct SellerPosition(string SellerId, long After);

/// <summary>Who has news.</summary>
/// <param name="Through">Everything up to this position was looked at.</param>
/// <param name="HasNews">For each that was asked for, in order, whether there are events between its position and this one.</param>
public sealed record FeedNews(long Through, IReadOnlyList<bool> HasNews);

/// <summary>A page of the feed.</summary>
/// <param name="Events">The events that were asked for, in order.</param>
/// <param name="Through">Everything up to this position was looked at: read on after it.</param>
/// <param name="HasMore">Whether there were events after it at the time of reading.</param>
public sealed record FeedPage(IReadOnlyList<PlacedEvent> Events, long Through, bool HasMore);

/// <summary>An event in the feed.</summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Subject">
/// What it is about: the id of a subscription, or <see cref="SubjectOf"/> an endpoint. Events of one subject are delivered in order.
/// </param>
/// <param name="Event">The event.</param>
public readonly record struct PlacedEvent(long Position, string Subject, FeedEvent Event)
{
    /// <summary>Begins the subject of events about an endpoint. No id has a slash, so it is never that of a subscription.</summary>
    public const string EndpointPrefix = "endpoint/";

    /// <summary>The subscription; null if it is about an endpoint.</summary>
    public string? SubscriptionId => IsOfEndpoint ? null : Subject;

    public bool IsOfEndpoint => Event.Type == FeedEventType.EndpointDisabled;

    /// <summary>The subject of events about an endpoint.</summary>
    public static string SubjectOf(string endpointId) => EndpointPrefix + endpointId;
}
