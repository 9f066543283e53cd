using System.Collections.Concurrent;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// What was read lately, within a budget of bytes. Entries live in two generations: what is read anew or found again is
/// young; when the young ones fill half the budget they become the old ones, and what was old and not found again is
/// forgotten. So what is used stays, reading takes no lock, and no entry is larger than the budget.
/// </summary>
/// <param name="bytesMax">The budget.</param>
/// <param name="bytesOf">About how many bytes an entry takes.</param>
public sealed class ByteBudgetCache<TKey, TValue>(long bytesMax, Func<TValue, long> bytesOf)
    where TKey : notnull
    where TValue : class
{
    /// <summary>What an entry of a dictionary takes by itself.</summary>
    private const int EntryBytes = 150;

    private readonly Lock turning = new();
    private Generation young = new();
    private Generation old = new();

    /// <summary>Bytes of the entries kept, as they were estimated.</summary>
    public long Bytes => Volatile.Read(ref young).Bytes + Volatile.Read(ref old).Bytes;

    /// <summary>The entry, or null.</summary>
    public TValue? Find(TKey key)
    {
        if (Volatile.Read(ref young).Entries.TryGetValue(key, out var found)) return found;
        if (!Volatile.Read(ref old).Entries.TryGetValue(key, out found)) return null;
        Keep(key, found);
        return found;
    }

    /// <summary>Keeps an entry in place of the one that was there.</summary>
    public void Keep(TKey key, TValue value)
    {
        var bytes = bytesOf(value) + EntryBytes;
        if (bytes > bytesMax / 2) return;
        var generation = Volatile.Read(ref young);
        var before = generation.Entries.TryGetValue(key, out var replaced) ? bytesOf(replaced) + EntryBytes : 0;
        generation.Entries[key] = value;
        if (generation.Add(bytes - before) >= bytesMax / 2) Turn(generation);
    }

    /// <summary>Forgets an entry.</summary>
    public void Remove(TKey key)
    {
        Remove(Volatile.Read(ref young), key);
        Remove(Volatile.Read(ref old), key);
    }

    private void Remove(Generation generation, TKey key)
    {
        if (generation.Entries.TryRemove(key, out var removed)) generation.Add(-bytesOf(removed) - EntryBytes);
    }

    private void Turn(Generation full)
    {
        lock (turning)
        {
            if (young != full) return;
            Volatile.Write(ref old, full);
            Volatile.Write(ref young, new Generation());
        }
    }

    private sealed class Generation
    {
        private long bytes;

        public ConcurrentDictionary<TKey, TValue> Entries { get; } = new();

        public long Bytes => Interlocked.Read(ref bytes);

        public long Add(long more) => Interlocked.Add(ref bytes, more);
    }
}
