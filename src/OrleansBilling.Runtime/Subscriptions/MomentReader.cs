using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>A moment of a subscription that is asked for.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Sequence">The event after which.</param>
/// <param name="Invoice">The number of an invoice that is wanted too; 0 for none.</param>
public readonly record struct MomentAsked(string SubscriptionId, long Sequence, int Invoice);

/// <summary>A subscription after one of its events, and an invoice of it as it was then.</summary>
public sealed record SubscriptionMoment(SubscriptionView View, Invoice? Invoice);

/// <summary>
/// Reads moments of many subscriptions with few queries. Usually a moment is the present state, which is stored, or the history is
/// short; for what is neither, the history is read from its last checkpoint on.
/// </summary>
public sealed partial class MomentReader(
    IJournal journal, IEventFeed feed, SubscriptionReader subscriptions, ILogger<MomentReader> logger)
{
    /// <summary>Long histories that are read at the same time.</summary>
    private const int LongAtOnce = 4;

    private readonly HistoryReader histories = new(journal);

    /// <summary>
    /// The moments in the order asked for. Those of one subscription must be asked for in the order of its history. Null if a
    /// subscription cannot be read, which does not hold up the others.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<SubscriptionMoment?>> ReadAsync(
        IReadOnlyList<MomentAsked> asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var found = new SubscriptionMoment?[asked.Count];
        var lives = asked.Select((moment, place) => new Place(moment, place))
            .GroupBy(one => one.Asked.SubscriptionId, StringComparer.Ordinal)
            .Select(life => new Life(life.Key, [.. life]))
            .ToList();
        await Task.WhenAll(lives.Where(life => life.MayBePresent).Select(life => LoadAsync(life, cancellationToken)));
        var shorts = lives.Where(life => !life.IsPresent && life.Last <= IEventFeed.BeginningEventsMax).Select(life => life.Id).ToList();
        var beginnings = shorts.Count == 0 ? null : await feed.ReadBeginningsAsync(shorts, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = LongAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(lives, options, async (life, stop) =>
        {
            try
            {
                await ReadAsync(life, beginnings?.GetValueOrDefault(life.Id), found, stop);
            }
            catch (Exception exception) when (exception is not (JournalUnavailableException or OperationCanceledException))
            {
                LogUnreadable(exception, life.Id);
            }
        });
        return found;
    }

    private async Task LoadAsync(Life life, CancellationToken cancellationToken) =>
        life.Present = await journal.LoadAsync(life.Id, cancellationToken);

    private async Task ReadAsync(
        Life life, IReadOnlyList<StoredEvent>? beginning, SubscriptionMoment?[] found, CancellationToken cancellationToken)
    {
        if (life.IsPresent)
        {
            var view = await subscriptions.DecodeAsync(life.Present!, cancellationToken);
            foreach (var one in life.Places) found[one.Index] = new SubscriptionMoment(view, null);
            return;
        }

        if (beginning is not null && Covers(beginning, life.Last))
        {
            await ReplayAsync(life.Places, beginning, found, cancellationToken);
            return;
        }

        var sequences = life.Places.Select(one => one.Asked.Sequence).Distinct().ToArray();
        var states = await histories.ReadStatesAsync(life.Id, sequences, cancellationToken);
        var invoices = await ReadInvoicesAsync(life.Id, [.. life.Places.Where(one => one.Asked.Invoice > 0)], cancellationToken);
        foreach (var one in life.Places)
            found[one.Index] = await MomentAsync(states[one.Asked.Sequence], invoices.GetValueOrDefault(one.Index), cancellationToken);
    }

    /// <summary>Whether nothing is missing up to a sequence, such as usage or what has come to be too long.</summary>
    private static bool Covers(IReadOnlyList<StoredEvent> beginning, long sequence) =>
        beginning.Count >= sequence && beginning[(int)sequence - 1].Sequence == sequence;

    private async Task ReplayAsync(
        Place[] places, IReadOnlyList<StoredEvent> beginning, SubscriptionMoment?[] found, CancellationToken cancellationToken)
    {
        Subscription? state = null;
        var invoices = new List<Invoice>();
        var next = 0;
        foreach (var stored in beginning)
        {
            var happened = SubscriptionCodec.Decode(stored);
            state = SubscriptionEvolution.Evolve(state, happened);
            InvoiceBook.Apply(invoices, happened);
            for (; next < places.Length && places[next].Asked.Sequence == stored.Sequence; next++)
            {
                var invoice = places[next].Asked.Invoice is > 0 and var number ? invoices[number - 1] : null;
                found[places[next].Index] = await MomentAsync(state, invoice, cancellationToken);
            }

            if (next == places.Length) return;
        }
    }

    private async Task<Dictionary<int, Invoice>> ReadInvoicesAsync(
        string subscriptionId, Place[] asked, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, Invoice>();
        if (asked.Length == 0) return found;
        var invoices = new List<Invoice>();
        var next = 0;
        await foreach (var stored in histories.ReadAsync(subscriptionId, 0, withoutUsage: true, cancellationToken))
        {
            for (; next < asked.Length && asked[next].Asked.Sequence < stored.Sequence; next++) Take(asked[next]);
            if (next == asked.Length) return found;
            InvoiceBook.Apply(invoices, SubscriptionCodec.Decode(stored));
        }

        foreach (var one in asked.AsSpan(next)) Take(one);
        return found;

        void Take(Place one) => found[one.Index] = invoices[one.Asked.Invoice - 1];
    }

    private async ValueTask<SubscriptionMoment> MomentAsync(Subscription state, Invoice? invoice, CancellationToken cancellationToken) =>
        new(new SubscriptionView(state, await subscriptions.TermsOfAsync(state, cancellationToken)), invoice);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so its events cannot be shown.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);

    /// <param name="Asked">What is asked for.</param>
    /// <param name="Index">Where it is in the answer.</param>
    private readonly record struct Place(MomentAsked Asked, int Index);

    /// <summary>The moments of one subscription.</summary>
    private sealed record Life(string Id, Place[] Places)
    {
        public long Last { get; } = Places[^1].Asked.Sequence;

        /// <summary>Whether the present state could be all that is asked for.</summary>
        public bool MayBePresent => Places.All(one => one.Asked.Sequence == Last && one.Asked.Invoice == 0);

        public StoredSubscription? Present { get; set; }

        public bool IsPresent => Present?.Version == Last;
    }
}
