using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Notifications;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A message to other systems that waits for delivery.</summary>
/// <param name="Position">Identifies the message when it is removed.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Sequence">Orders the messages of a subscription.</param>
/// <param name="Type">A stable name.</param>
/// <param name="SellerId">The seller of the product.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">The content.</param>
internal sealed record MessageDocument(
    long Position, string SubscriptionId, long Sequence, string Type, string SellerId, Instant At, RawJson Data)
{
    public static MessageDocument From(StoredMessage stored, RawJson data) => new(
        stored.Position, stored.SubscriptionId, stored.Message.Sequence, Notices.TypeOf(stored.Message), stored.Message.SellerId,
        stored.Message.At, data);
}

/// <summary>A page of waiting messages, oldest first.</summary>
internal sealed record MessageList(ImmutableArray<MessageDocument> Data, string? NextCursor);

/// <summary>POST /v1/messages/remove: the delivered messages.</summary>
internal sealed record RemoveMessagesBody
{
    /// <summary>The positions of the delivered messages.</summary>
    [Entries(1, IOutbox.PageMax)]
    public required ImmutableArray<long> Positions { get; init; }
}

/// <summary>How many messages were removed.</summary>
/// <param name="Removed">How many of the named messages waited until now.</param>
internal sealed record MessagesRemovedDocument(int Removed);
