using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Notifications;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A message for the outside that waits to be delivered.</summary>
/// <param name="Position">Names it for its removal.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Sequence">Orders the messages of a subscription.</param>
/// <param name="Type">Stable name.</param>
/// <param name="SellerId">Whose product it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">What it says.</param>
internal sealed record MessageDocument(
    long Position, string SubscriptionId, long Sequence, string Type, string SellerId, Instant At, RawJson Data)
{
    public static MessageDocument From(StoredMessage stored) => new(
        stored.Position, stored.SubscriptionId, stored.Message.Sequence, Notices.TypeOf(stored.Message), stored.Message.SellerId,
        stored.Message.At, new RawJson(stored.Message.Data));
}

/// <summary>The oldest waiting messages.</summary>
internal sealed record MessageList(ImmutableArray<MessageDocument> Data);

/// <summary>POST /v1/messages/remove: what was delivered.</summary>
internal sealed record RemoveMessagesBody
{
    public required ImmutableArray<long> Positions { get; init; }
}

/// <summary>How many messages there were to remove.</summary>
internal sealed record MessagesRemovedDocument(int Removed);
