using System.Collections.Concurrent;
using NodaTime;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Remembers for a day which catalog request each idempotency key came with. This distinguishes a key that is reused for
/// another request from an id that is taken. Only this process remembers. In another process, or after a restart, the
/// stored document decides: equal content is a repeat, different content means the id is taken. Nothing is created twice,
/// because ids are unique.
/// </summary>
internal sealed class CatalogKeys(IClock clock)
{
    private const int EntriesMax = 10_000;
    private static readonly Duration Lifetime = Duration.FromHours(24);

    private readonly ConcurrentDictionary<ulong, (ulong Fingerprint, Instant At)> known = new();

    /// <summary>Whether the key was used for another request before.</summary>
    public bool IsReused(ApiCall call) =>
        call.Idempotency is { } key && known.TryGetValue(key.Key, out var entry) &&
        entry.At + Lifetime > clock.GetCurrentInstant() && entry.Fingerprint != key.Fingerprint;

    public void Remember(ApiCall call)
    {
        if (call.Idempotency is not { } key) return;
        if (known.Count >= EntriesMax) known.Clear();
        known[key.Key] = (key.Fingerprint, clock.GetCurrentInstant());
    }
}
