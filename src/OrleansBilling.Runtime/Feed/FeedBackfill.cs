using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Feed;

/// <summary>
/// Adds to the feed what it lacks: the events of before an upgrade, and those of programs without a feed that still run. It has no
/// durable state: the store marks what is in the feed, so another process can continue.
/// </summary>
public sealed partial class FeedBackfill : IDisposable
{
    private const int PageMax = 100;
    private const int EventsMax = 10_000;
    private const int ReadersMax = 4;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly IFeedBackfill store;
    private readonly SubscriptionReader reader;
    private readonly ILogger<FeedBackfill> logger;
    private readonly BackgroundWork work;

    public FeedBackfill(IFeedBackfill store, SubscriptionReader reader, TimeProvider time, ILogger<FeedBackfill> logger)
    {
        this.store = store;
        this.reader = reader;
        this.logger = logger;
        work = new BackgroundWork("The filling of the feed", LookAsync, LookAgain, time, logger);
    }

    public void Start() => work.Start();

    /// <summary>Ends the loop. What was not written is added at the next start.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose() => work.Dispose();

    /// <summary>Adds everything that is missing. Returns false if another process is doing it.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!await store.IsNeededAsync(cancellationToken)) return true;
        await using var lead = await store.TryLeadAsync(cancellationToken);
        if (lead is null) return false;
        var filled = 0;
        do filled += await PassAsync(cancellationToken);
        while (!await store.TryCompleteAsync(cancellationToken));
        LogDone(filled);
        return true;
    }

    private async Task<TimeSpan?> LookAsync(CancellationToken stopping)
    {
        await RunAsync(stopping);
        return LookAgain;
    }

    /// <summary>One pass over what is missing. The next pass handles what changed in between.</summary>
    private async Task<int> PassAsync(CancellationToken cancellationToken)
    {
        var filled = 0;
        for (string? after = null; ;)
        {
            var page = await store.ReadMissingAsync(after, PageMax, cancellationToken);
            if (page.Count == 0) return filled;
            foreach (var chunk in page.Chunk(ReadersMax))
                filled += await WriteAsync(await Task.WhenAll(chunk.Select(one => ReadAsync(one, cancellationToken))), cancellationToken);
            after = page[^1].Id;
        }
    }

    private async Task<int> WriteAsync(BackfilledSubscription[] read, CancellationToken cancellationToken)
    {
        if (read.Sum(one => one.Events.Count) <= EventsMax) return await store.WriteAsync(read, cancellationToken);
        var written = 0;
        foreach (var one in read) written += await store.WriteAsync([one], cancellationToken);
        return written;
    }

    /// <summary>What a subscription lacks. One that cannot be read adds nothing, so that it does not block the others.</summary>
    private async Task<BackfilledSubscription> ReadAsync(UnfedSubscription subscription, CancellationToken cancellationToken)
    {
        List<FeedEvent>? feed = null;
        try
        {
            Subscription? state = null;
            await foreach (var (sequence, e) in reader.ReadWithoutUsageAsync(subscription.Id, static _ => true, cancellationToken))
            {
                if (sequence > subscription.Version) break;

                // Usage is left out, so the version is that of the journal.
                var after = SubscriptionEvolution.Evolve(state, e) with { Version = sequence };
                if (sequence > subscription.Fed)
                    FeedRules.Collect(state, e, after, (await reader.TermsOfAsync(after, cancellationToken)).Product.SellerId, ref feed);
                state = after;
            }
        }
        catch (Exception e) when (e is not (JournalUnavailableException or OperationCanceledException))
        {
            LogSetAside(e, subscription.Id);
        }

        return new BackfilledSubscription(subscription, (IReadOnlyList<FeedEvent>?)feed ?? []);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The feed has the events of {Subscriptions} subscriptions more.")]
    private partial void LogDone(int subscriptions);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so the feed lacks some of its events.")]
    private partial void LogSetAside(Exception exception, string subscriptionId);
}
