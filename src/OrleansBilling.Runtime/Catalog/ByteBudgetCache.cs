using System.Collections.Concurrent;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>
/// A cache of recent reads within a budget of bytes. Entries live in two generations. A new entry, or one that is found
/// again, is young. When the young entries fill half the budget they become the old generation, and the previous old
/// generation is evicted. So entries in use stay, reads take no lock, and no entry exceeds the budget.
/// </summary>
/// <param name="bytesMax">The budget, in bytes.</param>
/// <param name="bytesOf">The approximate size of an entry, in bytes.</param>
public sealed class ByteBudgetCache<TKey, TValue>(long bytesMax, Func<TValue, long> bytesOf)
    where TKey : notnull
    where TValue : class
{
    /// <summary>The overhead of one dictionary entry, in bytes.</summary>
    private const int EntryBytes = 150;

    private readonly Lock turning = new();
    private Generation young = new();
    private Generation old = new();

    /// <summary>The estimated size of all entries, in bytes.</summary>
    public long Bytes => Volatile.Read(ref young).Bytes + Volatile.Read(ref old).Bytes;

    public TValue? Find(TKey key)
    {
        if (Volatile.Read(ref young).Entries.TryGetValue(key, out var found)) return found;
        if (!Volatile.Read(ref old).Entries.TryGetValue(key, out found)) return null;
        Keep(key, found);
        return found;
    }

    /// <summary>Adds or replaces an entry.</summary>
    public void Keep(TKey key, TValue value)
    {
        var bytes = bytesOf(value) + EntryBytes;
        if (bytes > bytesMax / 2) return;
        var generation = Volatile.Read(ref young);
        var before = generation.Entries.TryGetValue(key, out var replaced) ? bytesOf(replaced) + EntryBytes : 0;
        generation.Entries[key] = value;
        if (generation.Add(bytes - before) >= bytesMax / 2) Turn(generation);
    }

    public void Remove(TKey key)
    {
        Remove(Volatile.Read(ref young), key);
        Remove(Volatile.Read(ref old), key);
    }

    /// <summary>Removes all entries that the condition holds for. Looks at every entry.</summary>
    public void RemoveWhere(Func<TValue, bool> condition)
    {
        foreach (var generation in (Generation[])[Volatile.Read(ref young), Volatile.Read(ref old)])
        {
            foreach (var (key, value) in generation.Entries)
            {
                if (condition(value)) Remove(generation, key);
            }
        }
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
