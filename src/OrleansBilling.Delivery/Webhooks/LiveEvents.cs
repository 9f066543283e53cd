using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// Reads the end of the feed once for all endpoints of this process, writes each event that is wanted once, and hands it to all that
/// want it. So ten thousand endpoints of one seller each cost no more reads than one of everything.
/// </summary>
internal sealed class LiveEvents : IAsyncDisposable
{
    /// <summary>Events of one read.</summary>
    private const int PageEvents = 200;

    /// <summary>Events handed out last that are remembered.</summary>
    private const int RecentMax = 2_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IEventFeed feed;
    private readonly IEventRenderer renderer;
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Listener>> ofSellers = new(StringComparer.Ordinal);
    private readonly List<Listener> ofAll = [];
    private readonly BackgroundWork reading;

    /// <summary>Those that joined since the last page was handed out.</summary>
    private readonly List<Listener> late = [];

    /// <summary>
    /// All events after <see cref="recentAfter"/> that were handed out. Who has read almost to the end joins if it misses none of them:
    /// otherwise ten thousand endpoints of a busy installation would read on and on, each a moment behind.
    /// </summary>
    private readonly List<PlacedEvent> recent = [];

    private long recentAfter;
    private long through;
    private long round;
    private int listeners;

    public LiveEvents(IEventFeed feed, IEventRenderer renderer, TimeProvider time, ILogger<LiveEvents> logger)
    {
        (this.feed, this.renderer) = (feed, renderer);
        reading = new BackgroundWork("Sending new events", RoundAsync, Pause, time, logger);
        reading.Start();
    }

    /// <summary>
    /// Lets somebody who has read the feed up to a position get what comes after it. False if newer events that it may want are handed
    /// out already: it has to read on first.
    /// </summary>
    public bool TryJoin(Listener listener, long readThrough)
    {
        lock (gate)
        {
            if (listeners == 0) Forget(readThrough);
            if (through > readThrough && (readThrough < recentAfter || WantsAny(listener, recent, readThrough))) return false;
            (listener.From, listener.Joined) = (Math.Max(readThrough, through), round);
            late.Add(listener);
            ListOf(listener.SellerId).Add(listener);
            listeners++;
            return true;
        }
    }

    public void Leave(Listener listener)
    {
        lock (gate)
        {
            if (!ListOf(listener.SellerId).Remove(listener)) return;
            late.Remove(listener);
            listeners--;
            if (listener.SellerId is { } seller && ofSellers[seller].Count == 0) ofSellers.Remove(seller);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await reading.StopAsync();
        reading.Dispose();
    }

    private List<Listener> ListOf(string? sellerId)
    {
        if (sellerId is null) return ofAll;
        if (!ofSellers.TryGetValue(sellerId, out var list)) ofSellers.Add(sellerId, list = []);
        return list;
    }

    private async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        long after;
        lock (gate)
        {
            if (listeners == 0) return Interval;
            after = through;
        }

        var page = await feed.ReadAsync(new FeedQuery(after, PageEvents), cancellationToken);
        if (page.Through == after) return Interval;
        List<PlacedEvent> wanted;
        lock (gate)
        {
            // The first listener has come anew meanwhile, from an earlier position.
            if (through != after) return TimeSpan.Zero;
            round++;
            wanted = [.. page.Events.Where(e => ListenersTo(e).Any(listener => listener.Wants(e)))];
        }

        var written = wanted.Count == 0 ? [] : await SafeRendering.RenderAsync(renderer, wanted, cancellationToken);
        lock (gate)
        {
            HandOut([.. wanted.Zip(written, (placed, e) => new ReadEvent(placed, e))], page.Through);

            // If the first listener has come anew meanwhile, what lies before this page is not known.
            var isKnown = through == after;
            foreach (var one in late.Where(one => one.Joined >= round))
            {
                if (isKnown ? WantsAny(one, page.Events, one.From) : one.From < page.Through) one.LetGo();
            }

            late.Clear();
            if (isKnown) Remember(page);
            else Forget(page.Through);
        }

        return page.HasMore ? TimeSpan.Zero : Interval;
    }

    private IEnumerable<Listener> ListenersTo(PlacedEvent e) =>
        ofSellers.TryGetValue(e.Event.SellerId, out var own) ? ofAll.Concat(own) : ofAll;

    private void Forget(long after)
    {
        through = recentAfter = after;
        recent.Clear();
    }

    private void Remember(FeedPage page)
    {
        through = page.Through;
        recent.AddRange(page.Events);
        if (recent.Count < 2 * RecentMax) return;
        var over = recent.Count - RecentMax;
        recentAfter = recent[over - 1].Position;
        recent.RemoveRange(0, over);
    }

    /// <summary>Whether one of the events after a position is for it.</summary>
    private static bool WantsAny(Listener listener, IReadOnlyList<PlacedEvent> events, long after)
    {
        for (var n = events.Count - 1; n >= 0 && events[n].Position > after; n--)
        {
            if (listener.Wants(events[n])) return true;
        }

        return false;
    }

    /// <summary>
    /// Whoever joined after the events were chosen gets none, because it may want some that were not chosen. Then it is let go.
    /// </summary>
    private void HandOut(IReadOnlyList<ReadEvent> events, long pageThrough)
    {
        var shares = new Dictionary<Listener, List<ReadEvent>>();
        foreach (var e in events)
        {
            foreach (var listener in ListenersTo(e.Placed))
            {
                if (listener.Joined >= round || e.Placed.Position <= listener.From || !listener.Wants(e.Placed)) continue;
                if (!shares.TryGetValue(listener, out var share)) shares.Add(listener, share = []);
                share.Add(e);
            }
        }

        foreach (var (listener, share) in shares) listener.Receive(share, pageThrough);
        foreach (var listener in ofAll.Where(listener => listener.Joined < round && !shares.ContainsKey(listener)))
            listener.Receive([], pageThrough);
    }

    /// <summary>Somebody who gets new events. Its members are called one at a time.</summary>
    internal abstract class Listener
    {
        /// <summary>Only events of this seller; null for all.</summary>
        public abstract string? SellerId { get; }

        /// <summary>Events up to this position are not for it.</summary>
        public long From { get; set; }

        /// <summary>The last page whose events had been chosen when it joined.</summary>
        public long Joined { get; set; }

        /// <summary>Whether an event is for it.</summary>
        public abstract bool Wants(in PlacedEvent e);

        /// <summary>Takes events in order; all that it wants up to a position have come then.</summary>
        public abstract void Receive(IReadOnlyList<ReadEvent> events, long through);

        /// <summary>Something may be missing: it leaves and reads by itself from where it is.</summary>
        public abstract void LetGo();
    }
}

/// <summary>An event of the feed as it is sent.</summary>
/// <param name="Placed">Its place.</param>
/// <param name="Written">The event; null if its subscription cannot be read, or it is to be read again.</param>
internal readonly record struct ReadEvent(PlacedEvent Placed, RenderedEvent? Written);
