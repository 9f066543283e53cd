using System.Text;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>A feed in memory, whose events are written as their subscription and sequence.</summary>
internal sealed class MemoryFeed : IEventFeed, IEventRenderer
{
    private readonly Lock gate = new();
    private readonly List<PlacedEvent> events = [];

    /// <summary>How often events of one seller were read.</summary>
    public int ReadsOfSellers { get; private set; }

    public void Add(string subscriptionId, string sellerId = "seller-1")
    {
        lock (gate)
        {
            var sequence = events.Count(e => e.Subject == subscriptionId) + 1;
            events.Add(new PlacedEvent(
                events.Count + 1, subscriptionId, new FeedEvent(sequence, FeedEventType.InvoicePaid, 1, sellerId)));
        }
    }

    public ValueTask<long> ReadLastAsync(CancellationToken cancellationToken)
    {
        lock (gate) return new(events.Count);
    }

    public ValueTask<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!query.SellerIds.IsEmpty) ReadsOfSellers++;
            var after = events.Where(e => e.Position > query.After && query.Wants(e.Event.Type, e.Event.SellerId)).ToList();
            var page = after.Take(query.Limit).ToList();
            var hasMore = after.Count > page.Count;
            return new(new FeedPage(page, hasMore ? page[^1].Position : Math.Max(query.After, events.Count), hasMore));
        }
    }

    public ValueTask<FeedNews> FindNewsAsync(IReadOnlyList<SellerPosition> asked, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return new(new FeedNews(
                events.Count,
                [.. asked.Select(one => events.Any(e => e.Event.SellerId == one.SellerId && e.Position > one.After))]));
        }
    }

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<StoredEvent>>> ReadBeginningsAsync(
        IReadOnlyCollection<string> subscriptionIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody derives content here.");

    public ValueTask<IReadOnlyList<RenderedEvent?>> RenderAsync(
        IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken) => new(
    [
        .. events.Select(e => new RenderedEvent(
            $"evt_{e.Position}",
            Encoding.UTF8.GetBytes(
                $$"""{"subscription_id":"{{e.Subject}}","sequence":{{e.Event.Sequence}},"type":"invoice.paid"}"""))),
    ]);
}
