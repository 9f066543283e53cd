using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Converts between the domain and the bytes in the journal.</summary>
public static class SubscriptionCodec
{
    /// <summary>The stable name of every type of event, as <see cref="StoredEvent.Type"/> has it.</summary>
    public static IEnumerable<string> EventNames => EventTypes.AllNames;

    /// <summary>Encodes a snapshot: the state of a subscription and its idempotency keys.</summary>
    public static byte[] Encode(Subscription state, CommandMemory memory) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Snapshot(state, NullIfEmpty(memory.Entries), NullIfEmpty(memory.Pages)), DomainJson.Options);

    /// <summary>
    /// Decodes a snapshot. Throws <see cref="JsonException"/> for anything that
    /// <see cref="Encode(Subscription, CommandMemory)"/> did not write.
    /// </summary>
    public static (Subscription State, CommandMemory Memory) Decode(byte[] snapshot)
    {
        var decoded = JsonSerializer.Deserialize<Snapshot>(snapshot, DomainJson.Options)
            ?? throw new JsonException("The snapshot is null.");
        return (decoded.State,
            new CommandMemory(
                ImmutableCollectionsMarshal.AsImmutableArray(decoded.Keys),
                ImmutableCollectionsMarshal.AsImmutableArray(decoded.KeyPages)));
    }

    /// <summary>Encodes the idempotency keys that leave the snapshot, oldest first.</summary>
    public static StoredKeyPage EncodePage(ImmutableArray<CommandMemory.Entry> keys) =>
        new(keys[^1].Version, JsonSerializer.SerializeToUtf8Bytes(keys.ToArray(), DomainJson.Options));

    /// <summary>Decodes a page of idempotency keys.</summary>
    public static IReadOnlyList<CommandMemory.Entry> Decode(StoredKeyPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return JsonSerializer.Deserialize<CommandMemory.Entry[]>(page.Data, DomainJson.Options)
            ?? throw new JsonException("The page is null.");
    }

    /// <summary>Encodes an event for the journal.</summary>
    public static StoredEvent Encode(SubscriptionEvent e, long sequence)
    {
        ArgumentNullException.ThrowIfNull(e);
        var type = e.GetType();
        return new StoredEvent(sequence, e.At, EventTypes.NameOf(type), JsonSerializer.SerializeToUtf8Bytes(e, type, DomainJson.Options));
    }

    /// <summary>Decodes an event and restores its time.</summary>
    public static SubscriptionEvent Decode(StoredEvent stored)
    {
        var e = (SubscriptionEvent)JsonSerializer.Deserialize(stored.Data, EventTypes.TypeOf(stored.Type), DomainJson.Options)!;
        return e with { At = stored.At };
    }

    /// <summary>
    /// Rewrites an event as the current version would write it. Older versions used other names for some things, and
    /// those that closed several invoices name an account several times.
    /// </summary>
    public static StoredEvent AsWrittenToday(StoredEvent stored)
    {
        var differs = stored.Type == CanceledType || stored.Type == ExpiredType || OldNames.IsOld(stored.Type);
        return differs ? Encode(Decode(stored), stored.Sequence) : stored;
    }

    private static string CanceledType { get; } = EventTypes.NameOf(typeof(SubscriptionEvent.Canceled));

    private static string ExpiredType { get; } = EventTypes.NameOf(typeof(SubscriptionEvent.Expired));

    private static T[]? NullIfEmpty<T>(ImmutableArray<T> items) => items.IsEmpty ? null : ImmutableCollectionsMarshal.AsArray(items);

    private sealed record Snapshot(Subscription State, CommandMemory.Entry[]? Keys, CommandMemory.Page[]? KeyPages);
}
