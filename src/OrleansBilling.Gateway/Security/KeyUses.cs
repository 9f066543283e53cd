using System.Collections.Concurrent;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Security;

/// <summary>
/// Notes when keys are used, to about a minute. A request only looks into a dictionary. A timer stores what has gathered, so each
/// process writes a key at most once in an <see cref="Interval"/>. Tokens of customers live for hours and are not noted.
/// </summary>
internal sealed partial class KeyUses : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>The most keys that wait to be written. The use of further ones is noted later.</summary>
    public const int WaitingMax = 10_000;

    private readonly ConcurrentDictionary<string, KeyUse> waiting = new(StringComparer.Ordinal);
    private readonly IApiKeyStore store;
    private readonly ILogger<KeyUses> logger;
    private readonly BackgroundWork work;

    public KeyUses(IApiKeyStore store, TimeProvider time, ILogger<KeyUses> logger)
    {
        this.store = store;
        this.logger = logger;
        work = new BackgroundWork("The noting of used keys", RunAsync, Interval, time, logger);
    }

    public void Start() => work.Start(Interval);

    public void Note(ApiKey key, NodaTime.Instant at)
    {
        if (key.Caller.Role == Role.Customer || waiting.ContainsKey(key.Id) || waiting.Count >= WaitingMax) return;
        waiting.TryAdd(key.Id, new KeyUse(key.Id, at));
    }

    /// <summary>Stores what has gathered.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        KeyUse[] uses = [.. waiting.Values];
        if (uses.Length == 0) return;
        try
        {
            await store.NoteUsesAsync(uses, cancellationToken);
            foreach (var use in uses) waiting.TryRemove(use.KeyId, out _);
        }
        catch (JournalUnavailableException e)
        {
            LogNotStored(uses.Length, e.Message);
        }
    }

    /// <summary>Stores what has gathered once more, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await work.StopAsync();
        await StoreAsync(CancellationToken.None);
        work.Dispose();
    }

    private async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await StoreAsync(stopping);
        return Interval;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of {Keys} keys could not be stored yet. {Reason}")]
    private partial void LogNotStored(int keys, string reason);
}
