using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A message of the customer to the seller, or back. The sender is whoever is signed in.</summary>
internal sealed record SubscriptionMessageBody
{
    /// <summary>The message, which may have several lines.</summary>
    [Text(MessageRules.TextCharactersMax, ManyLines = true)]
    public required string Text { get; init; }
}

/// <summary>A page of a subscription's messages, oldest first.</summary>
internal sealed record SubscriptionMessagePage(ImmutableArray<SubscriptionMessageDocument> Data, string? NextCursor);

/// <summary>A message between the customer and the seller.</summary>
/// <param name="Id">The message's id. The event message_sent of the subscription names it.</param>
/// <param name="Sequence">The version of the subscription that the message made.</param>
/// <param name="From">Who sent it.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Text">The message.</param>
internal sealed record SubscriptionMessageDocument(string Id, long Sequence, MessageSender From, Instant At, string Text)
{
    public static SubscriptionMessageDocument Of(SubscriptionMessage message) =>
        new(message.Id, message.Sequence, message.From, message.At, message.Text);
}
