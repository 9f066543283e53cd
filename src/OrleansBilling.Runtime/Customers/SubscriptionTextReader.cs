using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>Looks up the texts that answers show, all of an answer in one query. Without a text to show, nothing is asked.</summary>
public sealed class SubscriptionTextReader(ISubscriptionTexts texts)
{
    /// <summary>The comments of the subscriptions' cancellations.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public ValueTask<SubscriptionTexts> FindCommentsAsync(IEnumerable<Subscription> shown, CancellationToken cancellationToken) =>
        FindAsync(shown.Select(SubscriptionTexts.PlaceOfComment).OfType<TextPlace>(), cancellationToken);

    /// <summary>The texts at these places. A place may be named several times.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<SubscriptionTexts> FindAsync(IEnumerable<TextPlace> places, CancellationToken cancellationToken)
    {
        Dictionary<TextPlace, string>? found = null;
        foreach (var batch in places.Distinct().Chunk(ISubscriptionTexts.BatchMax))
        {
            found ??= [];
            foreach (var stored in await texts.FindAsync(batch, cancellationToken)) found.Add(stored.Place, stored.Text);
        }

        return found is null ? SubscriptionTexts.None : new SubscriptionTexts(found);
    }
}

/// <summary>Texts that were looked up.</summary>
public sealed class SubscriptionTexts(IReadOnlyDictionary<TextPlace, string> found)
{
    public static SubscriptionTexts None { get; } = new(new Dictionary<TextPlace, string>());

    /// <summary>The text at a place; null if there is none, or no place.</summary>
    public string? Find(TextPlace? place) => place is { } at ? found.GetValueOrDefault(at) : null;

    /// <summary>The comment of a subscription's cancellation, done or scheduled; null if there is none.</summary>
    public string? CommentOf(Subscription s) => Find(PlaceOfComment(s)) ?? CancellationOf(s)?.Comment;

    /// <summary>Why a seller refunded; null if it did not say.</summary>
    public string? ReasonOf(CreditNote note) => Find(PlaceOfReason(note)) ?? note.Reason;

    /// <summary>Why a bank took a charge back; null if it is not known.</summary>
    public string? ReasonOf(Chargeback chargeback) => Find(PlaceOfReason(chargeback)) ?? chargeback.Reason;

    public static TextPlace? PlaceOfComment(Subscription s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return PlaceOf(s.Id, CancellationOf(s)?.CommentSequence, TextKind.Comment);
    }

    public static TextPlace? PlaceOfReason(CreditNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return PlaceOf(note.SubscriptionId, note.ReasonSequence, TextKind.RefundReason);
    }

    public static TextPlace? PlaceOfReason(Chargeback chargeback)
    {
        ArgumentNullException.ThrowIfNull(chargeback);
        return PlaceOf(chargeback.SubscriptionId, chargeback.ReasonSequence, TextKind.ChargebackReason);
    }

    private static Cancellation? CancellationOf(Subscription s) => s.Cancellation ?? s.CancellationScheduled?.Cancellation;

    private static TextPlace? PlaceOf(string subscriptionId, long? sequence, TextKind kind) =>
        sequence is { } known ? new TextPlace(subscriptionId, known, kind) : null;
}
