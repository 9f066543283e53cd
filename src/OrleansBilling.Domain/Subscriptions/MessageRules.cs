namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Messages between the customer and the seller, in every status, also after the end: that is when there is most to say.
/// </summary>
public static class MessageRules
{
    /// <summary>The most messages of one subscription.</summary>
    public const int MessagesMax = 1_000;

    /// <summary>The most characters of a message.</summary>
    public const int TextCharactersMax = 4_000;

    internal static Refusal? Send(Draft draft, SubscriptionCommand.SendMessage command)
    {
        if (draft.State.MessageCount >= MessagesMax) return Refusal.TooManyMessages;
        draft.Add(new SubscriptionEvent.MessageSent { At = draft.Now, Message = command.Id, From = SenderOf(draft.Caller.Role) });
        return null;
    }

    private static MessageSender SenderOf(Role role) => role switch
    {
        Role.Customer => MessageSender.Customer,
        Role.Seller => MessageSender.Seller,
        Role.Administrator or Role.System => MessageSender.Administrator,
        _ => throw new InvalidOperationException($"{role} is not known."),
    };
}
