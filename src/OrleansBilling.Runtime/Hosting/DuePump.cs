using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// Wakes due subscriptions. It reads pages of due work from the journal in order, and sends each subscription, with the
/// snapshot from the page, to its grain as an ordinary command, a limited number at a time. It owns nothing durable.
/// Waking twice, or from two processes, changes nothing. A failed subscription stays due and waits longer after each
/// failure (<see cref="StuckWork"/>); from the third failure on it is in quarantine, where it holds up nobody.
/// </summary>
internal sealed partial class DuePump(
    ReadDue readDue,
    IClock clock,
    BillingHostOptions options,
    TimeProvider time,
    Func<StoredSubscription, CancellationToken, Task<WakeOutcome>> wake,
    IQuarantine? quarantine,
    ILogger<DuePump> logger,
    Func<string, object?>? siloOf = null) : IDisposable
{
    private static readonly KeyValuePair<string, object?> Moved = new("result", "moved");
    private static readonly KeyValuePair<string, object?> Stuck = new("result", "stuck");
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);
    private const int ReasonLengthMax = 500;
    private const int PauseFactorMax = 8;

    /// <summary>How long a pass waits for the answers to its wakes. Those that come later are counted by no pass.</summary>
    private static readonly TimeSpan AnswersWait = TimeSpan.FromSeconds(1);

    private readonly StuckWork stuckWork = new(time);
    private readonly WakesInFlight wakes = new(options.WakesMax, siloOf, time);
    private readonly SemaphoreSlim pass = new(1);
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private long activeAt;
    private long oldestDueTicks;
    private long quarantined;

    /// <summary>How it is getting on; null before it has read due work for the first time.</summary>
    public PumpPulse? Pulse => Volatile.Read(ref activeAt) is not 0 and var at
        ? new PumpPulse(at, TimeSpan.FromTicks(Volatile.Read(ref oldestDueTicks)))
        : null;

    /// <summary>Subscriptions in quarantine in the whole database, as of the last sweep (between passes, every ten seconds).</summary>
    public long Quarantined => Volatile.Read(ref quarantined);

    public void Start()
    {
        var stopped = stop.Token;
        loop = Task.Run(() => LoopAsync(stopped), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await loop.WaitAsync(cancellationToken);
    }

    public void Dispose() => stop.Dispose();

    /// <summary>One pass over everything that is due by now, including work that failed a moment ago.</summary>
    public Task<PumpPass> RunOnceAsync(CancellationToken cancellationToken) => RunOnceAsync(tryAll: true, cancellationToken);

    private async Task<PumpPass> RunOnceAsync(bool tryAll, CancellationToken cancellationToken)
    {
        await pass.WaitAsync(cancellationToken);
        try
        {
            return await PassAsync(tryAll, cancellationToken);
        }
        finally
        {
            pass.Release();
        }
    }

    private async Task LoopAsync(CancellationToken stopped)
    {
        var told = false;
        var pause = options.DuePollInterval;
        var sweptAt = time.GetTimestamp() - time.TimestampFrequency * (long)SweepInterval.TotalSeconds;
        while (!stopped.IsCancellationRequested)
        {
            var pass = default(PumpPass);
            try
            {
                if (time.GetElapsedTime(sweptAt) >= SweepInterval)
                {
                    await SweepAsync(stopped);
                    sweptAt = time.GetTimestamp();
                }

                pass = await RunOnceAsync(tryAll: false, stopped);
                told = false;
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException e)
            {
                // Log once per outage, not at every look.
                if (!told) LogJournalUnavailable(e.Message);
                told = true;
            }
            catch (Exception e)
            {
                LogPassFailed(e);
            }

            if (pass.Found >= options.DuePageMax && pass.Moved > 0) continue;

            // If nothing can be committed, looking twice a second only fills the log.
            var rest = pass.Found > 0 && !pass.HasProgress ? pause : options.DuePollInterval;
            pause = Min(rest * 2, options.DuePollInterval * PauseFactorMax);
            await Task.Delay(rest, time, stopped)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Releases quarantined subscriptions whose next try has come. The gauge shows the whole quarantine.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (quarantine is null) return;
        var count = await quarantine.SweepAsync(MachineNow, cancellationToken);
        Volatile.Write(ref quarantined, count);
    }

    private async Task<PumpPass> PassAsync(bool tryAll, CancellationToken cancellationToken)
    {
        if (tryAll) await wakes.WhenIdleAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        var underWay = new OperationsInFlight();
        var found = 0;
        var moved = 0;
        var failed = 0;
        string? stuck = null;
        DueCursor? cursor = null;
        var next = readDue(now, null, options.DuePageMax, cancellationToken).AsTask();
        while (true)
        {
            var page = await next;
            if (cursor is null)
                Volatile.Write(ref oldestDueTicks, page.Count == 0 ? 0 : (now - page[0].DueAt).BclCompatibleTicks);
            ShowActive();
            if (page.Count == 0) break;
            cursor = new DueCursor(page[^1].DueAt, page[^1].Stored.SubscriptionId);

            // Read the next page while this one is being worked off.
            var more = page.Count == options.DuePageMax;
            if (more) next = readDue(now, cursor, options.DuePageMax, cancellationToken).AsTask();
            foreach (var due in page)
            {
                if (!tryAll && stuckWork.IsWaiting(due.Stored)) continue;
                if (!await wakes.BeginAsync(due.Stored.SubscriptionId, leavesHung: !tryAll, cancellationToken)) continue;
                ShowActive();
                found++;
                underWay.Begin();
                if (BillingTelemetry.DueLag.Enabled) BillingTelemetry.DueLag.Record((now - due.DueAt).TotalSeconds);
                _ = WakeOneAsync(due);
            }

            if (!more) break;
        }

        var answered = underWay.WhenIdleAsync(cancellationToken);
        if (tryAll) await answered;
        else if (!answered.IsCompleted) await Task.WhenAny(answered, Task.Delay(AnswersWait, time, cancellationToken));
        return new PumpPass(found, Volatile.Read(ref moved), Volatile.Read(ref stuck), Volatile.Read(ref failed));

        async Task WakeOneAsync(DueSubscription due)
        {
            try
            {
                var (outcome, exception) = await WakeAsync(due.Stored, cancellationToken);
                BillingTelemetry.DueWoken.Add(1, outcome == WakeOutcome.Moved ? Moved : Stuck);
                if (outcome == WakeOutcome.Moved)
                {
                    if (stuckWork.Forget(due.Stored.SubscriptionId) is >= StuckWork.FailuresUntilQuarantine and var failures)
                        LogLeftQuarantine(due.Stored.SubscriptionId, failures);
                    Interlocked.Increment(ref moved);
                    return;
                }

                stuck = due.Stored.SubscriptionId;
                if (outcome is WakeOutcome.Failed failure && await FailAsync(due, failure.Reason, exception, cancellationToken))
                    Interlocked.Increment(ref failed);
            }
            catch (JournalUnavailableException e)
            {
                LogJournalUnavailable(e.Message);
            }
            finally
            {
                wakes.End(due.Stored.SubscriptionId);
                underWay.End();
            }
        }
    }

    private async Task<(WakeOutcome Outcome, Exception? Exception)> WakeAsync(StoredSubscription due, CancellationToken cancellationToken)
    {
        try
        {
            return (await wake(due, cancellationToken), null);
        }
        catch (JournalUnavailableException)
        {
            return (WakeOutcome.Unavailable, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (new WakeOutcome.Failed($"{e.GetType().Name}: {e.Message}"), e);
        }
    }

    /// <summary>Delays the next try and logs the failure. Returns whether the subscription is in quarantine or on its way there.</summary>
    private async Task<bool> FailAsync(DueSubscription due, string reason, Exception? exception, CancellationToken cancellationToken)
    {
        var (id, version) = (due.Stored.SubscriptionId, due.Stored.Version);
        reason = Storable(reason);
        var failures = stuckWork.Fail(due.Stored, quarantine is not null);
        var wait = StuckWork.WaitAfter(failures);
        if (failures == 1) LogWakeFailed(exception, id, reason);
        else if (quarantine is null || failures != StuckWork.FailuresUntilQuarantine) LogStillFailing(id, failures, reason, wait);
        if (quarantine is null) return false;
        if (failures < StuckWork.FailuresUntilQuarantine) return true;

        var now = MachineNow;
        await quarantine.PutAsync(
            new QuarantinedSubscription(id, version, due.DueAt, reason, failures, now, now + Duration.FromTimeSpan(wait)),
            cancellationToken);
        BillingTelemetry.QuarantineEntries.Add(1);
        if (failures == StuckWork.FailuresUntilQuarantine) LogQuarantined(id, failures, reason, wait);
        return true;
    }

    /// <summary>A long pass is not silence: each page and each wake shows that the pump goes on.</summary>
    private void ShowActive() => Volatile.Write(ref activeAt, time.GetTimestamp());

    /// <summary>Makes a reason storable in every database: no control characters, no surrogates, not too long.</summary>
    private static string Storable(string reason) =>
        string.Create(Math.Min(reason.Length, ReasonLengthMax), reason, static (span, source) =>
        {
            for (var n = 0; n < span.Length; n++) span[n] = char.IsControl(source[n]) || char.IsSurrogate(source[n]) ? ' ' : source[n];
        });

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private Instant MachineNow => Instant.FromDateTimeOffset(time.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due work waits because the journal is unavailable: {Reason}")]
    private partial void LogJournalUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pass over due work failed; the next one tries again.")]
    private partial void LogPassFailed(Exception exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Waking subscription {SubscriptionId} failed. It stays due and waits longer after each failure: {Reason}")]
    private partial void LogWakeFailed(Exception? exception, string subscriptionId, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Subscription {SubscriptionId} failed {Failures} times. {Reason} Next try in {Wait}.")]
    private partial void LogStillFailing(string subscriptionId, int failures, string reason, TimeSpan wait);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Subscription {SubscriptionId} is in quarantine: it failed {Failures} times. {Reason} Next try in {Wait}.")]
    private partial void LogQuarantined(string subscriptionId, int failures, string reason, TimeSpan wait);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Subscription {SubscriptionId} left quarantine: it moved on after {Failures} failures.")]
    private partial void LogLeftQuarantine(string subscriptionId, int failures);
}

/// <summary>Reads a page of subscriptions that are due by an instant, in order, after a cursor.</summary>
internal delegate ValueTask<IReadOnlyList<DueSubscription>> ReadDue(
    Instant now, DueCursor? after, int limit, CancellationToken cancellationToken);

/// <summary>The result of one pass.</summary>
/// <param name="Found">Subscriptions that were due.</param>
/// <param name="Moved">How many of them moved on.</param>
/// <param name="Stuck">One that did not, for the operator to look at.</param>
/// <param name="Failed">Those that failed for reasons of their own and are in quarantine, or will be after a few more passes.</param>
internal readonly record struct PumpPass(int Found, int Moved, string? Stuck, int Failed)
{
    /// <summary>Whether another pass may do more.</summary>
    public bool HasProgress => Moved + Failed > 0;
}
