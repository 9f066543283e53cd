using Microsoft.Extensions.Logging;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// Sends events to the endpoints that fall to this process. Which do, it is told; if two processes think so for a moment, the one that
/// takes an endpoint last is the one that stores progress, and the other one stops.
/// </summary>
public sealed class WebhookDispatch : IAsyncDisposable
{
    private const int PageEndpoints = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, EndpointSending> sendings = new(StringComparer.Ordinal);
    private readonly IWebhookStore store;
    private readonly Func<string, bool> isMine;
    private readonly Func<long> ring;
    private readonly ILoggerFactory loggers;
    private readonly LiveEvents live;
    private readonly ProgressWriter progress;
    private readonly SendingSlots slots = new();
    private readonly SendingParts parts;
    private readonly BackgroundWork looking;
    private readonly IDisposable observation;

    /// <summary>A copy of what is sent to, which the gauge may count while the next look changes it.</summary>
    private volatile IReadOnlyList<EndpointSending> shown = [];
    private Dictionary<string, long> enabled = new(StringComparer.Ordinal);
    private long? seen;
    private long seenRing;

    /// <summary>Whether the last look found every endpoint of this process. Then the next has little to do if nothing changed.</summary>
    private bool isComplete;

    /// <param name="store">The endpoints.</param>
    /// <param name="feed">The events.</param>
    /// <param name="renderer">Writes them.</param>
    /// <param name="secrets">Opens the endpoints' secrets.</param>
    /// <param name="client">Sends.</param>
    /// <param name="isMine">Whether an endpoint falls to this process now.</param>
    /// <param name="ring">A number that changes whenever this may be answered otherwise.</param>
    /// <param name="clock">Operational time.</param>
    /// <param name="time">The same, to wait.</param>
    /// <param name="dice">Spreads retries.</param>
    /// <param name="loggers">Where it logs.</param>
    public WebhookDispatch(
        IWebhookStore store, IEventFeed feed, IEventRenderer renderer, ISecretBox secrets, OutboundClient client, Func<string, bool> isMine,
        Func<long> ring, NodaTime.IClock clock, TimeProvider time, Dice dice, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        (this.store, this.isMine, this.ring, this.loggers) = (store, isMine, ring, loggers);
        live = new LiveEvents(feed, renderer, time, loggers.CreateLogger<LiveEvents>());
        progress = new ProgressWriter(store, time, loggers.CreateLogger<ProgressWriter>());
        parts = new SendingParts(
            feed, renderer, live, new WebhookSender(client, time), progress, slots, secrets, clock, time, dice);
        looking = new BackgroundWork(
            "Looking for endpoints", LookAsync, Interval, time, loggers.CreateLogger<WebhookDispatch>());
        observation = BillingTelemetry.ObserveEndpoints(CountStates);
    }

    public void Start() => looking.Start();

    /// <summary>Ends requests in flight, and stores what was delivered.</summary>
    public async ValueTask DisposeAsync()
    {
        observation.Dispose();
        await progress.StopRetryingAsync();
        await looking.StopAsync();
        looking.Dispose();
        await Task.WhenAll(sendings.Values.Select(sending => sending.DisposeAsync().AsTask()));
        await live.DisposeAsync();
        await progress.DisposeAsync();
        slots.Dispose();
    }

    /// <summary>One look: starts and stops, so that exactly the endpoints of this process are sent to, as they are set now.</summary>
    private async Task<TimeSpan?> LookAsync(CancellationToken cancellationToken)
    {
        var (split, changes) = (ring(), await store.ReadChangesAsync(cancellationToken));
        if (changes != seen) enabled = await ReadEnabledAsync(cancellationToken);
        else if (isComplete && split == seenRing && !HasEnded()) return Interval;
        (seen, seenRing, isComplete) = (changes, split, false);

        var over = sendings.Where(pair => pair.Value.Ended.IsCompleted || !ShouldRun(pair.Key, pair.Value)).ToList();
        await Task.WhenAll(over.Select(pair => pair.Value.DisposeAsync().AsTask()));
        foreach (var (id, _) in over) sendings.Remove(id);

        var missing = enabled.Keys.Where(id => !sendings.ContainsKey(id) && isMine(id)).ToList();
        isComplete = true;
        foreach (var some in missing.Chunk(IWebhookStore.TakenAtOnceMax)) isComplete &= await TakeAsync(some, cancellationToken);
        if (over.Count + missing.Count > 0) shown = [.. sendings.Values];
        return Interval;
    }

    /// <summary>Takes endpoints and starts to send. False if some were not to be had; they may be at the next look.</summary>
    private async Task<bool> TakeAsync(string[] ids, CancellationToken cancellationToken)
    {
        var terms = await store.TakeAsync(ids, cancellationToken);
        var read = await FindReadAsync([.. terms.Where(term => term.Endpoint.SellerId is not null)], cancellationToken);
        foreach (var term in terms)
        {
            var id = term.Endpoint.Id;
            long? through = read.TryGetValue(id, out var known) ? known : null;
            sendings.Add(id, new EndpointSending(term, through, parts, loggers.CreateLogger<EndpointSending>()));
        }

        return terms.Count == ids.Length;
    }

    /// <summary>
    /// Up to where those have read all that is for them whose sellers have no news, which are most of many. So they read nothing by
    /// themselves before they get new events.
    /// </summary>
    private async Task<Dictionary<string, long>> FindReadAsync(IReadOnlyList<WebhookTerm> terms, CancellationToken cancellationToken)
    {
        if (terms.Count == 0) return [];
        var asked = terms.Select(term => new SellerPosition(term.Endpoint.SellerId!, term.Through)).ToList();
        var news = await parts.Feed.FindNewsAsync(asked, cancellationToken);
        return terms.Zip(news.HasNews).Where(pair => !pair.Second)
            .ToDictionary(pair => pair.First.Endpoint.Id, _ => news.Through, StringComparer.Ordinal);
    }

    private bool HasEnded()
    {
        foreach (var sending in sendings.Values)
        {
            if (sending.Ended.IsCompleted) return true;
        }

        return false;
    }

    private IReadOnlyDictionary<string, int> CountStates() =>
        shown.CountBy(sending => sending.State, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private bool ShouldRun(string id, EndpointSending sending) =>
        enabled.TryGetValue(id, out var version) && version == sending.Version && isMine(id);

    private async Task<Dictionary<string, long>> ReadEnabledAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        for (string? after = null; ;)
        {
            var page = await store.ListEnabledAsync(after, PageEndpoints, cancellationToken);
            foreach (var (id, version) in page) found.Add(id, version);
            if (page.Count < PageEndpoints) return found;
            after = page[^1].Id;
        }
    }
}
