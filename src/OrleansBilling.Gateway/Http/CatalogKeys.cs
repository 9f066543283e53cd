using System.Collections.Concurrent;
using NodaTime;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Remembers for a day what the idempotency keys of catalog requests stood for, so that a key with another request is
/// told apart from an id that is taken. Only this process knows; elsewhere, or after a restart, the stored thing itself
/// decides: the same content is a repeat, another is a taken id. Nothing is ever made twice, because ids are unique.
/// </summary>
internal sealed class CatalogKeys(IClock clock)
{
    private const int EntriesMax = 10_000;
    private static readonly Duration Lifetime = Duration.FromHours(24);

    private readonly ConcurrentDictionary<ulong, (ulong Fingerprint, Instant At)> known = new();

    /// <summary>Whether the key came with another request before.</summary>
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
