using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Reports;

/// <summary>
/// Counts the counters anew from the events, in the background, when an upgrade has dropped them. It owns nothing durable:
/// what is counted is marked in the store, so whoever comes next goes on where it was left. It holds one batch in memory,
/// whatever the size of the book and of a history.
/// </summary>
/// <param name="store">Where what is counted is marked.</param>
/// <param name="catalog">What was sold.</param>
/// <param name="time">The machine's time, for pauses.</param>
/// <param name="logger">Says how far it is.</param>
/// <param name="batchMax">Subscriptions counted in one transaction, in which their commits wait.</param>
/// <param name="readAtOnce">Subscriptions read at once.</param>
public sealed partial class StatisticsRecount(
    IStatisticsRecount store, CatalogCache catalog, TimeProvider time, ILogger<StatisticsRecount> logger,
    int batchMax = StatisticsRecount.BatchMax, int readAtOnce = StatisticsRecount.ReadAtOnce) : IDisposable
{
    /// <summary>Subscriptions counted in one transaction unless told.</summary>
    public const int BatchMax = 1_000;

    /// <summary>Subscriptions read at once unless told.</summary>
    public const int ReadAtOnce = 64;

    private const int DeltasMax = 100_000;
    private const int FirstEventsMax = 64;
    private const int NextEventsMax = 1_000;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SayAgain = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly List<RecountedSubscription> batch = [];
    private Task loop = Task.CompletedTask;
    private long counted;
    private int deltas;
    private bool failing;

    /// <summary>Subscriptions that this process has counted.</summary>
    public long Counted => Interlocked.Read(ref counted);

    /// <summary>Starts the background loop, which ends when the recount has.</summary>
    public void Start() => loop = Task.Run(LoopAsync);

    /// <summary>Ends the loop; what was begun and not written is counted at the next start.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await loop;
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <summary>Counts what is not counted, to the last event; false when another process is at it.</summary>
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

    /// <summary>Once over all that is not counted. What changed in between is left for the next pass.</summary>
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
    /// What a subscription adds. One that cannot be read is set aside alone, and not counted: it must not keep the
    /// figures of all others away.
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

    private async Task LoopAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var wait = Again;
            try
            {
                if (await RunAsync(stop.Token)) return;
                failing = false;
                wait = LookAgain;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException e)
            {
                if (!failing) LogJournalUnavailable(e.Message);
                failing = true;
            }
            catch (Exception e)
            {
                if (!failing) LogFailed(e);
                failing = true;
                wait = LookAgain;
            }

            await Task.Delay(wait, time, stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Statistics are being recounted from the events; until that is done they answer 503, and billing goes on.")]
    private partial void LogStarted();

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Statistics are being recounted: {Counted} subscriptions so far, up to '{SubscriptionId}'.")]
    private partial void LogProgress(long counted, string subscriptionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Statistics are recounted: {Counted} subscriptions in {Seconds:0} s.")]
    private partial void LogDone(long counted, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recount of statistics waits for the database: {Reason}")]
    private partial void LogJournalUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so it is missing in the statistics.")]
    private partial void LogSetAside(Exception exception, string subscriptionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The recount of statistics failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}

/// <summary>One subscription's events, folded, and what those that are not counted add.</summary>
internal sealed class RecountedLife(UncountedSubscription subscription, CatalogCache catalog)
{
    private readonly List<StatisticDelta> deltas = [];
    private Subscription? state;
    private OfferTerms? terms;

    public string Id => subscription.Id;

    public IReadOnlyList<StatisticDelta> Deltas => deltas;

    /// <summary>Adds the next event; what came after the subscription was looked at is not of this count.</summary>
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
