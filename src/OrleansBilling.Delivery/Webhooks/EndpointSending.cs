using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// Sends events to one endpoint, for as long as this process holds its term: those of one subscription in order, each until it is taken.
/// One loop owns all state. Reads, requests and saves run beside it and report to it by message.
/// </summary>
internal sealed partial class EndpointSending : LiveEvents.Listener, IAsyncDisposable
{
    /// <summary>Events that have not been sent yet, above which no more are read.</summary>
    private const int AheadMax = 200;

    /// <summary>Events of one read.</summary>
    private const int PageEvents = 100;

    /// <summary>Events of one read of a replay, of which often only a few are asked for.</summary>
    private const int ReplayEvents = 500;

    /// <summary>Failures in a row after which the endpoint counts as failing.</summary>
    private const int FailuresMax = 3;

    /// <summary>One that takes so long has few slots, like one that fails.</summary>
    private const int SlowMilliseconds = 3_000;

    private static readonly Duration FailingMax = Duration.FromDays(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Message> inbox = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationToken stopped;
    private readonly DeliveryLines lines = new();
    private readonly Dictionary<long, WebhookDelivery> unsaved = [];
    private readonly WebhookTerm term;
    private readonly SendingParts parts;
    private readonly ILogger<EndpointSending> logger;
    private readonly EndpointRequests requests;
    private readonly ReadPosition position;
    private readonly ReadPosition? replayed;
    private readonly FeedQuery query;
    private readonly string ownSubject;
    private Task saving = Task.CompletedTask;
    private bool isReading;
    private volatile bool isLive;
    private bool isSaving;
    private bool isReplaying;
    private bool isReplaysTurn;
    private bool isEnding;
    private bool isSlow;
    private int inFlight;
    private volatile int failures;
    private long savedThrough;
    private long? savedReplay;
    private Instant? succeededAt;
    private Instant? failedAt;
    private Instant? failingSince;
    private DisabledBecause? disabled;

    /// <param name="term">What it begins with.</param>
    /// <param name="readThrough">No event up to this position is for it, besides what the term has; null if that is not known.</param>
    /// <param name="parts">What the endpoints of a process share.</param>
    /// <param name="logger">Where it logs.</param>
    public EndpointSending(WebhookTerm term, long? readThrough, SendingParts parts, ILogger<EndpointSending> logger)
    {
        (this.term, this.parts, this.logger) = (term, parts, logger);
        stopped = stopping.Token;
        requests = new EndpointRequests(term.Endpoint, parts);
        position = new ReadPosition(term.Through);
        savedThrough = term.Through;
        replayed = term.Replay is { } replay ? new ReadPosition(replay.After) : null;
        savedReplay = term.Replay?.After;
        isReplaying = replayed is not null;
        failingSince = term.Endpoint.FailingSince;
        failures = failingSince is null ? 0 : FailuresMax;
        query = new FeedQuery(0, PageEvents) { SellerIds = SellerId is null ? [] : [SellerId], Types = term.Endpoint.Types };
        ownSubject = PlacedEvent.SubjectOf(term.Endpoint.Id);
        foreach (var waiting in term.Waiting)
        {
            lines.TryAdd(new PendingDelivery(waiting.Event)
            {
                Attempts = waiting.Attempts, NextAt = waiting.NextAt,
            });
        }

        if (readThrough is { } known)
        {
            position.MoveTo(known);
            isLive = HasRoom && parts.Live.TryJoin(this, position.Read);
        }

        Ended = Task.Run(RunAsync);
    }

    public override string? SellerId => term.Endpoint.SellerId;

    /// <summary>One of live, behind, failing.</summary>
    public string State => failures >= FailuresMax ? "failing" : isLive ? "live" : "behind";

    /// <summary>The settings that it sends with.</summary>
    public long Version => term.Endpoint.Version;

    /// <summary>Completes when it no longer sends: it was stopped, has lost its term, or disabled the endpoint.</summary>
    public Task Ended { get; }

    /// <summary>That it was disabled itself is nothing to tell it once it is enabled again.</summary>
    public override bool Wants(in PlacedEvent e) =>
        query.Wants(e.Event.Type, e.Event.SellerId) && !(e.IsOfEndpoint && e.Subject == ownSubject);

    public override void Receive(IReadOnlyList<ReadEvent> events, long through) =>
        inbox.Writer.TryWrite(new Message.Came(events, through));

    public override void LetGo() => inbox.Writer.TryWrite(new Message.LeftBehind());

    /// <summary>Stores the outcomes so far and cancels requests in flight. The next sender of the endpoint repeats those.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        inbox.Writer.TryWrite(new Message.Stop());
        await Ended;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!stopped.IsCancellationRequested)
            {
                Act();
                await WaitAsync();
                while (inbox.Reader.TryRead(out var message))
                {
                    if (!Take(message)) return;
                }
            }

            await saving;
            if (NextProgress() is { } last) await parts.Progress.SaveAsync(last);
        }
        catch (Exception e)
        {
            LogFailed(e, term.Endpoint.Id);
        }
        finally
        {
            Leave();
            await stopping.CancelAsync();
            while (inFlight > 0)
            {
                if (await inbox.Reader.ReadAsync() is Message.Sent or Message.NotSent) inFlight--;
            }
        }
    }

    /// <summary>Starts whatever can be done now.</summary>
    private void Act()
    {
        var now = parts.Clock.GetCurrentInstant();
        var isApart = isSlow || failures >= FailuresMax;
        var most = isApart ? SendingSlots.OfFailingEndpoint : SendingSlots.OfEndpoint;
        while (disabled is null && inFlight < most && lines.TryTake(now) is { } delivery)
        {
            inFlight++;
            _ = SendAsync(delivery, isApart);
        }

        if (isLive && !HasRoom) Leave();
        if (!isReading && HasRoom && (isReplaying || !isLive))
        {
            isReading = true;
            isReplaysTurn = isReplaying && (isLive || (!isReplaysTurn && replayed!.Read < position.Read));
            _ = isReplaysTurn ? ReplayAsync(isLive ? term.Replay!.Through : position.Read) : ReadAsync(position.Read);
        }

        if (!isSaving && NextProgress() is { } progress)
        {
            isSaving = true;
            saving = SaveAsync(progress);
        }
    }

    private bool HasRoom => lines.Count - lines.Held < AheadMax && lines.Held < IWebhookStore.WaitingMax;

    private async Task WaitAsync()
    {
        var wait = lines.NextAt - parts.Clock.GetCurrentInstant();
        if (wait <= Duration.Zero && inFlight == 0 && disabled is null) return;
        if (wait is null || wait <= Duration.Zero)
        {
            await inbox.Reader.WaitToReadAsync();
            return;
        }

        using var waited = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        var due = Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, wait.Value.TotalMilliseconds)), parts.Time, waited.Token);
        await Task.WhenAny(inbox.Reader.WaitToReadAsync().AsTask(), due);
        await waited.CancelAsync();
    }

    /// <summary>Notes what happened. False if the term is over.</summary>
    private bool Take(Message message)
    {
        switch (message)
        {
            case Message.Came came:
                // What came before it noticed that it was let go has a gap before it: it is read again.
                if (isLive) Add(came.Events, came.Through, position, isReplay: false);
                break;
            case Message.Read read:
                isReading = false;
                Add(read.Events, read.Through, read.IsReplay ? replayed! : position, read.IsReplay);
                if (read.IsReplay) isReplaying = !read.IsEnd;
                else if (read.IsEnd) isLive = parts.Live.TryJoin(this, position.Read);
                break;
            case Message.NotRead:
                isReading = false;
                break;
            case Message.LeftBehind:
                Leave();
                break;
            case Message.Sent sent:
                inFlight--;
                Note(sent.Delivery, sent.Attempt);
                break;
            case Message.NotSent:
                inFlight--;
                break;
            case Message.Saved saved:
                isSaving = false;
                if (!saved.IsMine || isEnding) return false;
                break;
        }

        return true;
    }

    private void Leave()
    {
        if (!isLive) return;
        parts.Live.Leave(this);
        isLive = false;
    }

    private void Add(IReadOnlyList<ReadEvent> events, long through, ReadPosition place, bool isReplay)
    {
        foreach (var e in events)
        {
            if (e.Placed.Position <= place.Read || (!isReplay && term.Taken.Contains(e.Placed.Position))) continue;
            var delivery = new PendingDelivery(e.Placed) { Written = e.Written, IsReplayed = isReplay };
            if (!lines.TryAdd(delivery)) continue;
            place.Add(e.Placed.Position);
            if (delivery.IsHeld) Keep(delivery, null);
        }

        place.MoveTo(through);
    }

    private void Note(PendingDelivery delivery, SendAttempt attempt)
    {
        BillingTelemetry.WebhookAttempts.Add(1, new KeyValuePair<string, object?>("outcome", OutcomeOf(attempt)));
        delivery.Attempts++;
        isSlow = attempt.Milliseconds >= SlowMilliseconds;
        if (attempt.IsTaken)
        {
            failures = 0;
            (succeededAt, failedAt, failingSince) = (attempt.At, null, null);
            lines.Finish(delivery);
            Keep(delivery, attempt);
            return;
        }

        var until = parts.Clock.GetCurrentInstant() + requests.PauseAfter(delivery.Attempts, attempt);
        foreach (var held in lines.Postpone(delivery, until)) Keep(held, null);
        Keep(delivery, attempt);
        if (attempt.IsOurs) return;
        failures++;
        failedAt = attempt.At;
        failingSince ??= attempt.At;
        if (attempt.IsGone) disabled = DisabledBecause.Gone;
        else if (attempt.At - failingSince >= FailingMax) disabled = DisabledBecause.Failing;
        if (disabled is not { } because) return;
        LogDisabled(term.Endpoint.Id, because);
        BillingTelemetry.WebhookEndpointsDisabled.Add(
            1, new KeyValuePair<string, object?>("reason", because == DisabledBecause.Gone ? "gone" : "failing"));
    }

    private static string OutcomeOf(SendAttempt attempt) => attempt switch
    {
        { IsTaken: true } => "taken",
        { IsOurs: true } => "unsent",
        { Status: not null } => "refused",
        _ => "unanswered",
    };

    /// <summary>Notes what is to be stored of an event.</summary>
    private void Keep(PendingDelivery delivery, SendAttempt? attempt) =>
        unsaved[delivery.Event.Position] = new WebhookDelivery(delivery.Event, attempt is { IsTaken: true })
        {
            Attempts = delivery.Attempts,
            LastAt = attempt?.At,
            NextAt = attempt is { IsTaken: true } ? null : delivery.NextAt,
            Status = attempt?.Status,
            Milliseconds = attempt?.Milliseconds,
            Fault = attempt?.Fault,
        };

    /// <summary>What is not stored yet; null if there is nothing.</summary>
    private WebhookProgress? NextProgress()
    {
        foreach (var kept in unsaved.Keys)
        {
            position.Settle(kept);
            replayed?.Settle(kept);
        }

        // Moving on over events that are not for it is stored with the next delivery, or once it is worth it and there is none.
        var (through, replay) = (position.Settled, ReplayedThrough());
        var hasMoved = (inFlight == 0 && through - savedThrough >= IEventFeed.PageMax) || replay != savedReplay;
        if (unsaved.Count == 0 && disabled is null && !hasMoved) return null;
        isEnding = disabled is not null;
        var progress = new WebhookProgress(term.Endpoint.Id, term.Number, through, [.. unsaved.Values])
        {
            SucceededAt = succeededAt, FailedAt = failedAt, Disabled = disabled,
            DisabledAt = disabled is null ? null : parts.Clock.GetCurrentInstant(), ReplayedThrough = replay == savedReplay ? null : replay,
        };
        unsaved.Clear();
        (savedThrough, savedReplay, succeededAt, failedAt) = (through, replay, null, null);
        return progress;
    }

    /// <summary>The end of a replay counts only when everything is settled, because then it is forgotten.</summary>
    private long? ReplayedThrough()
    {
        if (replayed is null) return null;
        var isOver = !isReplaying && replayed.Settled >= replayed.Read;
        return isOver ? term.Replay!.Through : Math.Min(replayed.Settled, term.Replay!.Through - 1);
    }

    private async Task SaveAsync(WebhookProgress progress) =>
        inbox.Writer.TryWrite(new Message.Saved(await parts.Progress.SaveAsync(progress)));

    private async Task SendAsync(PendingDelivery delivery, bool isApart)
    {
        try
        {
            inbox.Writer.TryWrite(new Message.Sent(delivery, await requests.SendAsync(delivery, isApart, stopped)));
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The term ends; whoever takes the endpoint sends it again.
            inbox.Writer.TryWrite(new Message.NotSent());
        }
        catch (Exception e)
        {
            LogFailed(e, term.Endpoint.Id);
            var attempt = SendAttempt.Failed(parts.Clock.GetCurrentInstant(), "internal_error");
            inbox.Writer.TryWrite(new Message.Sent(delivery, attempt));
        }
    }

    private Task ReadAsync(long after) => ReadAsync(
        async () =>
        {
            var page = await parts.Feed.ReadAsync(query with { After = after }, stopped);
            var events = page.Events.Where(e => Wants(e)).ToList();
            var written = events.Count == 0 ? [] : await SafeRendering.RenderAsync(parts.Renderer, events, stopped);
            return new Message.Read(
                [.. events.Zip(written, (placed, e) => new ReadEvent(placed, e))], page.Through, !page.HasMore, IsReplay: false);
        });

    /// <summary>Reads the next events of the replay, but none that has not been read for the first time: it would come too early.</summary>
    private Task ReplayAsync(long readThrough)
    {
        var (replay, after) = (term.Replay!, replayed!.Read);
        var last = Math.Min(replay.Through, readThrough);
        return ReadAsync(async () =>
        {
            var asked = query with { After = after, Limit = ReplayEvents, Types = replay.Types ?? query.Types };
            var page = await parts.Feed.ReadAsync(asked, stopped);
            var events = page.Events
                .Where(e => e.Position <= last && Wants(e) && (replay.SubscriptionId ?? e.Subject) == e.Subject)
                .ToList();
            var written = events.Count == 0 ? [] : await SafeRendering.RenderAsync(parts.Renderer, events, stopped);
            var through = Math.Min(page.Through, last);
            return new Message.Read(
                [.. events.Zip(written, (placed, e) => new ReadEvent(placed, e))], through, through == replay.Through, IsReplay: true);
        });
    }

    private async Task ReadAsync(Func<Task<Message.Read>> read)
    {
        try
        {
            using var slot = await parts.Slots.TakeReadingAsync(stopped);
            inbox.Writer.TryWrite(await read());
            return;
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            return;
        }
        catch (JournalUnavailableException)
        {
            // The log of the journal tells it; the endpoint waits.
        }
        catch (Exception e)
        {
            LogFailed(e, term.Endpoint.Id);
        }

        await Task.Delay(Pause, parts.Time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        inbox.Writer.TryWrite(new Message.NotRead());
    }

    /// <summary>What happened elsewhere.</summary>
    private abstract record Message
    {
        /// <summary>New events, handed out.</summary>
        public sealed record Came(IReadOnlyList<ReadEvent> Events, long Through) : Message;

        /// <summary>Events that were read for this endpoint alone.</summary>
        public sealed record Read(IReadOnlyList<ReadEvent> Events, long Through, bool IsEnd, bool IsReplay) : Message;

        public sealed record NotRead : Message;

        public sealed record LeftBehind : Message;

        public sealed record Sent(PendingDelivery Delivery, SendAttempt Attempt) : Message;

        public sealed record NotSent : Message;

        public sealed record Saved(bool IsMine) : Message;

        /// <summary>Only wakes the loop.</summary>
        public sealed record Stop : Message;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to endpoint {Endpoint} failed unexpectedly; it goes on.")]
    private partial void LogFailed(Exception exception, string endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoint {Endpoint} is disabled: {Reason}.")]
    private partial void LogDisabled(string endpoint, DisabledBecause reason);
}
