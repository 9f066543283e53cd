using System.Collections.Concurrent;
using System.Net;
using OrleansBilling.Client;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Live;

/// <summary>
/// Answers the questions of pages. Sessions that see the same share their answers: an open page costs the API nothing of its own. What a
/// scope asks is watched while one of its pages is open, by one loop per scope, and asked again only when something has moved.
/// Each session proves itself to the API every <see cref="ProofLifetime"/>, so one that was ended sees nothing for longer than that.
/// </summary>
public sealed class FiguresDesk(BillingApi api, TimeProvider time, ILogger<FiguresDesk> logger) : IAsyncDisposable
{
    /// <summary>How long a session may see shared answers without asking the API itself.</summary>
    public static readonly TimeSpan ProofLifetime = TimeSpan.FromSeconds(10);

    /// <summary>The most scopes that are watched or remembered.</summary>
    public const int ScopesMax = 1_000;

    private const int ProofsMax = 10_000;

    private readonly ConcurrentDictionary<string, ScopeWatch> scopes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long At, Clock Clock)> proofs = new(StringComparer.Ordinal);

    /// <summary>The watched scopes.</summary>
    public int Watched => scopes.Values.Count(scope => scope.IsRunning);

    /// <summary>The API's clock, which says which day it is. It also proves that the session is still good.</summary>
    public async ValueTask<Clock> ProveAsync(SignedIn session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (proofs.TryGetValue(session.Token, out var proof) && time.GetElapsedTime(proof.At) < ProofLifetime) return proof.Clock;
        var clock = await ClockAsync(session, cancellationToken);
        if (proofs.Count >= ProofsMax) proofs.Clear();
        proofs[session.Token] = (time.GetTimestamp(), clock);
        return clock;
    }

    /// <param name="question">Names what <paramref name="askAsync"/> asks. Equal questions have equal answers.</param>
    /// <exception cref="BillingException">The API refuses; with 401 the session has ended.</exception>
    public async ValueTask<T> AskAsync<T>(
        SignedIn session, string question, Func<BillingClient, Task<T>> askAsync, CancellationToken cancellationToken)
    {
        await ProveAsync(session, cancellationToken);
        try
        {
            return await WatchOf(session).AskAsync(question, () => askAsync(api.As(session.Token))).WaitAsync(cancellationToken);
        }
        catch (BillingException refused) when (refused.Status == HttpStatusCode.Unauthorized)
        {
            // The session that asked for all may have ended. Whether this one has, it asks itself.
            proofs.TryRemove(session.Token, out _);
            await ProveAsync(session, cancellationToken);
            return await askAsync(api.As(session.Token)).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Calls back whenever something that the session sees has moved, until it is disposed.</summary>
    public IDisposable Watch(SignedIn session, Func<Task> moved) => WatchOf(session).Add(session, moved);

    /// <summary>After a command of this session its answers no longer hold.</summary>
    public void Outdate(SignedIn session)
    {
        ArgumentNullException.ThrowIfNull(session);
        WatchOf(session).Outdate();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in scopes.Values) await scope.DisposeAsync();
    }

    /// <summary>A key that may only see statistics may not see the clock, but the default range of statistics ends today.</summary>
    private async Task<Clock> ClockAsync(SignedIn session, CancellationToken cancellationToken)
    {
        var client = api.As(session.Token);
        if (session.SeesSubscriptions) return await client.Clock.GetAsync(cancellationToken: cancellationToken);
        var summary = await client.Statistics.SummaryAsync(cancellationToken: cancellationToken);
        return new Clock { Now = new DateTimeOffset(summary.To, new TimeOnly(12, 0), TimeSpan.Zero) };
    }

    private ScopeWatch WatchOf(SignedIn session)
    {
        if (scopes.Count >= ScopesMax && !scopes.ContainsKey(session.Scope))
        {
            foreach (var (name, scope) in scopes)
            {
                if (!scope.IsRunning) scopes.TryRemove(name, out _);
            }
        }

        return scopes.GetOrAdd(session.Scope, _ => new ScopeWatch(api, time, logger));
    }
}
