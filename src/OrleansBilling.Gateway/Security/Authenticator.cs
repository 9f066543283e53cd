using System.Collections.Concurrent;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Security;

/// <summary>
/// Identifies the caller by the hash of the key. A key is cached for <see cref="Lifetime"/>, so one that another process removed
/// still works that long; this process forgets it at once. Expiry is checked on every request. Unknown keys are not cached, so guessing
/// cannot evict real ones.
/// </summary>
internal sealed class Authenticator(IApiKeyStore store, KeyHash? configuredAdministrator, TimeProvider time, KeyUses? uses = null)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>The most cached keys. Beyond that, the cache is cleared.</summary>
    public const int EntriesMax = 10_000;

    private const string Scheme = "Bearer ";

    private readonly ConcurrentDictionary<KeyHash, Entry> known = new();
    private int removals;

    /// <summary>The caller, or the reason why there is none.</summary>
    /// <exception cref="JournalUnavailableException">The key is not cached and the database does not answer.</exception>
    public ValueTask<Authentication> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0) return new(new Authentication(null, ApiErrors.MissingKey));
        var text = header[0].AsSpan();
        if (header.Count > 1 || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new(new Authentication(null, ApiErrors.MissingKey));
        return FindAsync(text[Scheme.Length..].Trim(' '), http.RequestAborted);
    }

    /// <summary>The caller with a secret, or the reason why there is none.</summary>
    /// <exception cref="JournalUnavailableException">The key is not cached and the database does not answer.</exception>
    public ValueTask<Authentication> FindAsync(ReadOnlySpan<char> secret, CancellationToken cancellationToken)
    {
        if (secret.Length is 0 or > KeyHash.SecretCharactersMax) return new(new Authentication(null, ApiErrors.WrongKey));

        var hash = KeyHash.Of(secret);
        if (hash == configuredAdministrator) return new(new Authentication(Caller.Administrator, null));
        return known.TryGetValue(hash, out var entry) &&
            time.GetElapsedTime(entry.ReadAt) < Lifetime ? new(Judge(entry.Key)) : LookUpAsync(hash, cancellationToken);
    }

    /// <summary>The clock by which keys expire: the machine's, in whole milliseconds, even if billing runs on a virtual clock.</summary>
    public Instant Now => Instant.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Called after a key was removed.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref removals);
        known.Clear();
    }

    private async ValueTask<Authentication> LookUpAsync(KeyHash hash, CancellationToken cancellationToken)
    {
        var (readAt, removalsBefore) = (time.GetTimestamp(), Volatile.Read(ref removals));
        var found = await store.FindAsync(hash.ToString(), cancellationToken);
        if (found is null)
        {
            known.TryRemove(hash, out _);
            return new Authentication(null, ApiErrors.WrongKey);
        }

        if (known.Count >= EntriesMax) known.Clear();
        known[hash] = new Entry(found, readAt);

        // A key that was read before a removal may be the removed one.
        if (removalsBefore != Volatile.Read(ref removals)) known.TryRemove(hash, out _);
        return Judge(found);
    }

    private Authentication Judge(ApiKey key)
    {
        var now = Now;
        if (key.ExpiresAt <= now) return new Authentication(null, ApiErrors.WrongKey);
        uses?.Note(key, now);
        return new Authentication(key.Caller, null, key);
    }

    private sealed record Entry(ApiKey Key, long ReadAt);
}

/// <summary>The caller, with the stored key if one was used, or the reason why there is none.</summary>
internal readonly record struct Authentication(Caller? Caller, ApiError? Error, ApiKey? Key = null)
{
    /// <summary>Whether it is an administrator whose key may read. Pages beside the API ask for that.</summary>
    public bool MayReadAsAdministrator =>
        Caller?.Role == Role.Administrator && (Key?.Scopes is not { } limited || limited.HasFlag(KeyScopes.Read));
}
