using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// The texts that a commit stores in rows of their own. The decider put their sequence, that of the command's first event, into the events.
/// </summary>
internal static class CommandTexts
{
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="sequence">The sequence of the command's first event.</param>
    /// <param name="before">The state before; null for a new subscription. A comment that an older release left there moves too.</param>
    /// <param name="after">
    /// The state after it. An old comment that it no longer names is not kept: nobody would find it to erase it.
    /// </param>
    /// <param name="command">What was accepted.</param>
    /// <param name="first">Its first event.</param>
    public static IReadOnlyList<StoredText> Of(
        string subscriptionId, long sequence, Subscription? before, Subscription after, SubscriptionCommand command,
        SubscriptionEvent first)
    {
        var (kind, text) = command switch
        {
            SubscriptionCommand.Cancel x => (TextKind.Comment, x.Comment),
            SubscriptionCommand.RefundInvoice x => (TextKind.RefundReason, x.Reason),

            // How a dispute ended has no reason of its own.
            SubscriptionCommand.RecordChargeback x when first is SubscriptionEvent.ChargedBack => (TextKind.ChargebackReason, x.Reason),
            _ => default,
        };
        var old = Names(after, sequence) ? before?.OldComment : null;
        if (text is null && old is null) return [];

        // A new comment takes the place of the old one.
        var texts = new List<StoredText>(2);
        if (text is not null) texts.Add(new StoredText(new TextPlace(subscriptionId, sequence, kind), text));
        if (old is not null && (text is null || kind != TextKind.Comment))
            texts.Add(new StoredText(new TextPlace(subscriptionId, sequence, TextKind.Comment), old));
        return texts;
    }

    private static bool Names(Subscription state, long sequence) =>
        state.Cancellation?.CommentSequence == sequence || state.CancellationScheduled?.Cancellation.CommentSequence == sequence;
}
