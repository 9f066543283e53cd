using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Notifications;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>Between the domain and the bytes that the journal keeps.</summary>
public static class SubscriptionCodec
{
    /// <summary>The stored type of metered usage, the one event of which a history may have very many.</summary>
    internal static string UsageType { get; } = EventTypes.NameOf(typeof(SubscriptionEvent.UsageRecorded));

    /// <summary>The snapshot of a subscription: its state and the commands that it remembers.</summary>
    public static byte[] Encode(Subscription state, CommandMemory memory) =>
        JsonSerializer.SerializeToUtf8Bytes(new Snapshot(state, memory.IsEmpty ? null : memory.Entries.ToArray()), DomainJson.Options);

    /// <summary>Reads a snapshot. Throws <see cref="JsonException"/> for anything that <see cref="Encode(Subscription, CommandMemory)"/> did not write.</summary>
    public static (Subscription State, CommandMemory Memory) Decode(byte[] snapshot)
    {
        var decoded = JsonSerializer.Deserialize<Snapshot>(snapshot, DomainJson.Options) ?? throw new JsonException("The snapshot is null.");
        return (decoded.State, decoded.Keys is null ? CommandMemory.Empty : new CommandMemory([.. decoded.Keys]));
    }

    /// <summary>An event as the journal keeps it.</summary>
    public static StoredEvent Encode(SubscriptionEvent e, long sequence)
    {
        ArgumentNullException.ThrowIfNull(e);
        var type = e.GetType();
        return new StoredEvent(sequence, e.At, EventTypes.NameOf(type), JsonSerializer.SerializeToUtf8Bytes(e, type, DomainJson.Options));
    }

    /// <summary>A message as the outbox keeps it.</summary>
    internal static byte[] Encode(Notice notice) => JsonSerializer.SerializeToUtf8Bytes(notice, DomainJson.Options);

    /// <summary>An event as it happened.</summary>
    public static SubscriptionEvent Decode(StoredEvent stored)
    {
        var e = (SubscriptionEvent)JsonSerializer.Deserialize(stored.Data, EventTypes.TypeOf(stored.Type), DomainJson.Options)!;
        return e with { At = stored.At };
    }

    /// <summary>
    /// The same event in which every object names each member once: events of older versions that closed several invoices
    /// name an account as often.
    /// </summary>
    public static StoredEvent WithUniqueNames(StoredEvent stored)
    {
        return stored.Type == CanceledType || stored.Type == ExpiredType ? Encode(Decode(stored), stored.Sequence) : stored;
    }

    private static string CanceledType { get; } = EventTypes.NameOf(typeof(SubscriptionEvent.Canceled));

    private static string ExpiredType { get; } = EventTypes.NameOf(typeof(SubscriptionEvent.Expired));

    private sealed record Snapshot(Subscription State, CommandMemory.Entry[]? Keys);
}
