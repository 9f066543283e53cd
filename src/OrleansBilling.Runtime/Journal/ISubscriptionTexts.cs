namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The texts that people wrote into commands, such as the comment of a cancellation. They are personal data and stand in rows of their
/// own; events, states and lists have only the sequence. Commits write them (<see cref="JournalCommit.Texts"/>). All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ISubscriptionTexts
{
    /// <summary>The most texts of one call.</summary>
    const int BatchMax = 1_000;

    /// <summary>The texts that are stored at these places, in any order.</summary>
    ValueTask<IReadOnlyList<StoredText>> FindAsync(IReadOnlyList<TextPlace> places, CancellationToken cancellationToken);
}

/// <summary>What a text is for. The numbers are stored.</summary>
public enum TextKind
{
    /// <summary>The comment of a cancellation.</summary>
    Comment = 0,

    /// <summary>Why the seller refunds.</summary>
    RefundReason = 1,

    /// <summary>Why the customer's bank took a charge back.</summary>
    ChargebackReason = 2,
}

/// <summary>Where a text is stored.</summary>
/// <param name="Sequence">
/// That of the first event of its command; in data of an older release, that of the event which had the text.
/// </param>
public readonly record struct TextPlace(string SubscriptionId, long Sequence, TextKind Kind);

/// <param name="Text">Personal data.</param>
public sealed record StoredText(TextPlace Place, string Text);
