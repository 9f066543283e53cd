using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// Wakes what is due: pages through the journal in its order of due work and hands each subscription, with the snapshot
/// that the page carried, to its grain as an ordinary command, a bounded number at a time. It owns nothing durable.
/// Waking twice, or from two processes, changes nothing; what fails stays due and is found by the next pass.
/// </summary>
internal sealed partial class DuePump(
    ReadDue readDue,
    IClock clock,
    BillingHostOptions options,
    TimeProvider time,
    Func<StoredSubscription, CancellationToken, Task<bool>> wake,
    ILogger<DuePump> logger) : IDisposable
{
    private static readonly KeyValuePair<string, object?> Moved = new("result", "moved");
    private static readonly KeyValuePair<string, object?> Stuck = new("result", "stuck");
    private readonly SemaphoreSlim pass = new(1);
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    public void Start() => loop = Task.Run(LoopAsync);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await loop.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        pass.Dispose();
        stop.Dispose();
    }

    /// <summary>One pass over everything that is due by now.</summary>
    public async Task<PumpPass> RunOnceAsync(CancellationToken cancellationToken)
    {
        await pass.WaitAsync(cancellationToken);
        try
        {
            return await PassAsync(cancellationToken);
        }
        finally
        {
            pass.Release();
        }
    }

    private async Task LoopAsync()
    {
        var told = false;
        while (!stop.IsCancellationRequested)
        {
            var pass = default(PumpPass);
            try
            {
                pass = await RunOnceAsync(stop.Token);
                told = false;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException e)
            {
                // Once an outage, not at every look.
                if (!told) LogJournalUnavailable(e.Message);
                told = true;
            }
            catch (Exception e)
            {
                LogPassFailed(e);
            }

            if (pass.Found >= options.DuePageMax && pass.Moved > 0) continue;
            await Task.Delay(options.DuePollInterval, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task<PumpPass> PassAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var underWay = new Activity();
        var found = 0;
        var moved = 0;
        string? stuck = null;
        DueCursor? cursor = null;
        var next = readDue(now, null, options.DuePageMax, cancellationToken).AsTask();
        while (true)
        {
            var page = await next;
            if (page.Count == 0) break;
            cursor = new DueCursor(page[^1].DueAt, page[^1].Stored.SubscriptionId);

            // The next page is read while this one is worked off.
            var more = page.Count == options.DuePageMax;
            if (more) next = readDue(now, cursor, options.DuePageMax, cancellationToken).AsTask();
            foreach (var due in page)
            {
                await underWay.WhenAtMostAsync(options.WakesMax - 1, cancellationToken);
                found++;
                underWay.Begin();
                if (BillingTelemetry.DueLag.Enabled) BillingTelemetry.DueLag.Record((now - due.DueAt).TotalSeconds);
                _ = WakeOneAsync(due.Stored);
            }

            if (!more) break;
        }

        await underWay.WhenIdleAsync(cancellationToken);
        return new PumpPass(found, moved, stuck);

        async Task WakeOneAsync(StoredSubscription due)
        {
            try
            {
                var isMoved = await wake(due, cancellationToken);
                BillingTelemetry.DueWoken.Add(1, isMoved ? Moved : Stuck);
                if (isMoved) Interlocked.Increment(ref moved);
                else stuck = due.SubscriptionId;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                stuck = due.SubscriptionId;
                LogWakeFailed(e, due.SubscriptionId);
            }
            finally
            {
                underWay.End();
            }
        }
    }
}

/// <summary>Reads a page of what is due by an instant, in order, behind a cursor.</summary>
internal delegate ValueTask<IReadOnlyList<DueSubscription>> ReadDue(Instant now, DueCursor? after, int limit, CancellationToken cancellationToken);

/// <summary>What one pass came to.</summary>
/// <param name="Found">Subscriptions that were due.</param>
/// <param name="Moved">Of these, those that went on.</param>
/// <param name="Stuck">One of those that did not, for the operator to look at.</param>
internal readonly record struct PumpPass(int Found, int Moved, string? Stuck);
