using System.Text.Json;
using OrleansBilling.Client;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Live;

/// <summary>
/// The answers that one scope got, and the loop that notices when they no longer hold. The loop asks for the summary of the last days:
/// whatever changes a figure also changes one of its counts or sums. It runs only while somebody listens.
/// </summary>
internal sealed partial class ScopeWatch(BillingApi api, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>How often the loop looks. A page shows a change within a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan IntervalAfterFailure = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer is good if nobody watches: long enough for a page to become live.</summary>
    private static readonly TimeSpan UnwatchedLifetime = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer is good in any case.</summary>
    private static readonly TimeSpan LifetimeMax = TimeSpan.FromSeconds(60);

    private const int AnswersMax = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly List<Listener> listeners = [];
    private CancellationTokenSource? running;
    private Task loop = Task.CompletedTask;
    private long version;

    public bool IsRunning => Volatile.Read(ref running) is not null;

    /// <summary>One question is asked once at a time, however many pages want to know.</summary>
    public Task<T> AskAsync<T>(string question, Func<Task<T>> askAsync)
    {
        lock (gate)
        {
            if (answers.TryGetValue(question, out var known) && IsGood(known) && known.Task is Task<T> good) return good;
            if (answers.Count >= AnswersMax) answers.Clear();
            var asked = askAsync();
            answers[question] = new Answer(asked, time.GetTimestamp(), version);
            return asked;
        }
    }

    public IDisposable Add(SignedIn session, Func<Task> moved)
    {
        var listener = new Listener(this, session, moved);
        lock (gate)
        {
            listeners.Add(listener);
            if (running is not null) return listener;
            running = new CancellationTokenSource();
            var token = running.Token;
            loop = Task.Run(() => RunAsync(token), CancellationToken.None);
        }

        return listener;
    }

    public void Outdate()
    {
        lock (gate) version++;
    }

    public async ValueTask DisposeAsync()
    {
        Task ending;
        lock (gate)
        {
            listeners.Clear();
            Stop();
            ending = loop;
        }

        await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Remove(Listener listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
            if (listeners.Count == 0) Stop();
        }
    }

    private void Stop()
    {
        running?.Cancel();
        running?.Dispose();
        running = null;
    }

    private bool IsGood(Answer answer)
    {
        if (answer.Task.IsFaulted || answer.Task.IsCanceled || answer.Version != version) return false;
        return time.GetElapsedTime(answer.At) < (running is null ? UnwatchedLifetime : LifetimeMax);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        string? before = null;
        try
        {
            while (true)
            {
                var pause = Interval;
                try
                {
                    if (Any() is { } session)
                    {
                        var seen = await api.As(session.Token).Statistics.SummaryAsync(cancellationToken: stopping);
                        var now = JsonSerializer.Serialize(seen);
                        if (before is not null && before != now) await MovedAsync();
                        before = now;
                    }
                }
                catch (Exception e) when (e is BillingException or HttpRequestException or TimeoutException or JsonException)
                {
                    // Those who listen ask again, and hear what it is. The session that asked may have ended, so another one asks next.
                    LogBlind(e.Message);
                    await MovedAsync();
                    Rotate();
                    pause = IntervalAfterFailure;
                }

                await Task.Delay(pause, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
    }

    private SignedIn? Any()
    {
        lock (gate) return listeners.Count == 0 ? null : listeners[0].Session;
    }

    private void Rotate()
    {
        lock (gate)
        {
            if (listeners.Count < 2) return;
            var first = listeners[0];
            listeners.RemoveAt(0);
            listeners.Add(first);
        }
    }

    private async Task MovedAsync()
    {
        Listener[] told;
        lock (gate)
        {
            version++;
            told = [.. listeners];
        }

        await Task.WhenAll(told.Select(TellAsync));
    }

    private async Task TellAsync(Listener listener)
    {
        try
        {
            await listener.Moved();
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The page was closed meanwhile.
        }
        catch (Exception e)
        {
            // One page that cannot draw must not end the watch of all.
            LogPageFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page of the console could not show what moved.")]
    private partial void LogPageFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The console cannot see whether figures moved: {Reason}")]
    private partial void LogBlind(string reason);

    private sealed record Answer(Task Task, long At, long Version);

    private sealed class Listener(ScopeWatch watch, SignedIn session, Func<Task> moved) : IDisposable
    {
        public SignedIn Session => session;

        public Func<Task> Moved => moved;

        public void Dispose() => watch.Remove(this);
    }
}
