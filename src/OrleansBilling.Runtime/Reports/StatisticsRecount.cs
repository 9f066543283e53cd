using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// Recomputes the counters from the events in the background, after an upgrade has dropped them. It has no durable state:
/// the store marks what is counted, so another process can continue. It holds one batch in memory, whatever the size of the
/// book or of a history.
/// </summary>
public sealed partial class StatisticsRecount : IDisposable
{
    /// <summary>The default number of subscriptions counted in one transaction.</summary>
    public const int BatchMax = 1_000;

    /// <summary>The default number of subscriptions read in one query.</summary>
    public const int ReadAtOnce = 64;

    private const int DeltasMax = 100_000;
    private const int FirstEventsMax = 64;
    private const int NextEventsMax = 1_000;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(30);

    private readonly IStatisticsRecount store;
    private readonly CatalogCache catalog;
    private readonly TimeProvider time;
    private readonly ILogger<StatisticsRecount> logger;
    private readonly int batchMax;
    private readonly int readAtOnce;
    private readonly BackgroundWork work;
    private readonly List<RecountedSubscription> batch = [];
    private long counted;
    private int deltas;

    /// <param name="store">Marks what is counted.</param>
    /// <param name="catalog">The terms of subscriptions.</param>
    /// <param name="time">Operational time, for pauses.</param>
    /// <param name="logger">Tells how far it is.</param>
    /// <param name="batchMax">Subscriptions counted in one transaction. Their commits wait for it.</param>
    /// <param name="readAtOnce">Subscriptions read in one query.</param>
    public StatisticsRecount(
        IStatisticsRecount store, CatalogCache catalog, TimeProvider time, ILogger<StatisticsRecount> logger,
        int batchMax = BatchMax, int readAtOnce = ReadAtOnce)
    {
        this.store = store;
        this.catalog = catalog;
        this.time = time;
        this.logger = logger;
        this.batchMax = batchMax;
        this.readAtOnce = readAtOnce;
        work = new BackgroundWork(
            "The statistics recount", async stopping => await RunAsync(stopping) ? null : LookAgain, LookAgain, time, logger);
    }

    public long Counted => Interlocked.Read(ref counted);

    /// <summary>Starts the background loop, which ends when the recount is complete.</summary>
    public void Start() => work.Start();

    /// <summary>Ends the loop. Subscriptions whose counts were not written are counted at the next start.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    /// <summary>Counts everything that is not counted, up to the last event. Returns false if another process is doing it.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!await store.IsRebuildingAsync(cancellationToken)) return true;
        await using var lead = await store.TryLeadAsync(cancellationToken);
        if (lead is null) return false;
        LogStarted();
        var started = time.GetTimestamp();
        do await PassAsync(cancellationToken);
        while (!await store.TryCompleteAsync(cancellationToken));
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        LogDone(Counted, seconds);
        return true;
    }

    /// <summary>Makes one pass over all subscriptions that are not counted. The next pass handles those that changed in between.</summary>
    private async Task PassAsync(CancellationToken cancellationToken)
    {
        Forget();
        var saidAt = time.GetTimestamp();
        for (string? after = null; ;)
        {
            var page = await store.ReadUncountedAsync(after, readAtOnce, cancellationToken);
            if (page.Count == 0) break;
            await RecountAsync(page, cancellationToken);
            if (batch.Count > batchMax - readAtOnce || deltas > DeltasMax) await WriteAsync(cancellationToken);
            after = page[^1].Id;
            if (time.GetElapsedTime(saidAt) < SayAgain) continue;
            saidAt = time.GetTimestamp();
            LogProgress(Counted, after);
        }

        await WriteAsync(cancellationToken);
    }

    private async Task RecountAsync(IReadOnlyList<UncountedSubscription> page, CancellationToken cancellationToken)
    {
        var events = await store.ReadFirstEventsAsync([.. page.Select(one => one.Id)], FirstEventsMax, cancellationToken);
        var next = 0;
        foreach (var subscription in page)
        {
            var first = next;
            while (next < events.Count && events[next].SubscriptionId == subscription.Id) next++;
            var added = await CountAsync(subscription, events, first, next, cancellationToken);
            batch.Add(new RecountedSubscription(subscription, added));
            deltas += added.Count;
        }
    }

    /// <summary>
    /// The counters that a subscription adds. One that cannot be read is skipped and not counted, so that it does not block
    /// the figures of all others.
    /// </summary>
    private async Task<IReadOnlyList<StatisticDelta>> CountAsync(
        UncountedSubscription subscription, IReadOnlyList<OwnedEvent> events, int first, int end, CancellationToken cancellationToken)
    {
        try
        {
            var life = new RecountedLife(subscription, catalog);
            for (var n = first; n < end; n++) await life.AddAsync(events[n].Event, cancellationToken);
            if (end - first == FirstEventsMax) await ReadOnAsync(life, events[end - 1].Event.Sequence, cancellationToken);
            return life.Deltas;
        }
        catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
        {
            LogSetAside(e, subscription.Id);
            return [];
        }
    }

    private async Task ReadOnAsync(RecountedLife life, long after, CancellationToken cancellationToken)
    {
        for (; ;)
        {
            var page = await store.ReadNextEventsAsync(life.Id, after, NextEventsMax, cancellationToken);
            foreach (var stored in page) await life.AddAsync(stored, cancellationToken);
            if (page.Count < NextEventsMax) return;
            after = page[^1].Sequence;
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (batch.Count > 0) Interlocked.Add(ref counted, await store.WriteAsync(batch, cancellationToken));
        Forget();
    }

    private void Forget()
    {
        batch.Clear();
        deltas = 0;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Statistics are being recounted from the events. Until this is done, they answer 503; billing continues.")]
    private partial void LogStarted();

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Statistics are being recounted: {Counted} subscriptions so far, up to '{SubscriptionId}'.")]
    private partial void LogProgress(long counted, string subscriptionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Statistics recount finished: {Counted} subscriptions in {Seconds:0} s.")]
    private partial void LogDone(long counted, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so statistics do not include it.")]
    private partial void LogSetAside(Exception exception, string subscriptionId);
}

/// <summary>Folds one subscription's events and collects what the events that are not yet counted add.</summary>
internal sealed class RecountedLife(UncountedSubscription subscription, CatalogCache catalog)
{
    private readonly List<StatisticDelta> deltas = [];
    private Subscription? state;
    private OfferTerms? terms;

    public string Id => subscription.Id;

    public IReadOnlyList<StatisticDelta> Deltas => deltas;

    /// <summary>Adds the next event. Ignores events that are newer than the version being counted.</summary>
    public async ValueTask AddAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (stored.Sequence > subscription.Version) return;
        var e = SubscriptionCodec.Decode(stored);
        var next = SubscriptionEvolution.Evolve(state, e);
        var nextTerms = terms is not null && next.OfferId == state!.OfferId &&
            next.OfferVersion == state.OfferVersion ? terms : await TermsOfAsync(next, cancellationToken);
        if (stored.Sequence > subscription.Counted) StatisticRules.Collect(state, e, next, terms ?? nextTerms, nextTerms, deltas);
        (state, terms) = (next, nextTerms);
    }

    private async ValueTask<OfferTerms> TermsOfAsync(Subscription s, CancellationToken cancellationToken) =>
        await catalog.FindTermsAsync(s.OfferId, s.OfferVersion, cancellationToken)
        ?? throw new InvalidOperationException(
            $"Subscription '{s.Id}' names offer '{s.OfferId}' version {s.OfferVersion}, which is not stored.");
}
