using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Feed;

/// <summary>
/// Writes events as integrators get them. The feed keeps no content: what an event is about is derived from the journal, as it was
/// after the event.
/// </summary>
internal sealed partial class EventRendering(SubscriptionReader reader, IDocumentNumbers numbers, ILogger<EventRendering> logger)
{
    /// <summary>The version of the format of events.</summary>
    public const string ApiVersion = "2026-11-29";

    private const int AtOnce = 4;

    /// <summary>The events in the order given. One whose subscription cannot be read does not hold up those of others.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<RenderedEvent>> RenderAsync(
        IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        var rendered = events.Select(e => new RenderedEvent(e, null)).ToArray();
        var ofSubscription = events.Select((e, place) => (Event: e, Place: place)).GroupBy(one => one.Event.SubscriptionId);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ofSubscription, options, async (group, stop) =>
        {
            try
            {
                var moments = await reader.ReadMomentsAsync(group.Key, [.. group.Select(one => MomentOf(one.Event))], stop);
                var numberOf = group.Any(one => one.Event.Event.Invoice > 0) ? await numbers.FindAsync(group.Key, stop) : null;
                foreach (var ((e, place), moment) in group.Zip(moments))
                    rendered[place] = new RenderedEvent(e, Write(e, moment, numberOf));
            }
            catch (Exception exception) when (exception is not (JournalUnavailableException or OperationCanceledException))
            {
                LogUnreadable(exception, group.Key);
            }
        });
        return rendered;
    }

    private static MomentAsked MomentOf(in PlacedEvent placed) => new(placed.Event.Sequence, placed.Event.Invoice);

    private static RawJson Write(in PlacedEvent placed, SubscriptionMoment moment, IReadOnlyDictionary<IssuedDocument, long>? numberOf)
    {
        var (fed, (state, terms), invoice) = (placed.Event, moment.View, moment.Invoice);
        var document = new FeedEventDocument(
            IdOf(placed), fed.Type, placed.SubscriptionId, fed.Sequence, fed.SellerId, state.UpdatedAt, ApiVersion,
            new FeedDataDocument(
                SubscriptionDocument.From(state, terms),
                invoice is null ? null : InvoiceDocument.From(state.Id, terms.Offer.Currency, invoice, NumberOf(invoice.Number))));
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, GatewayJson.Default.FeedEventDocument));

        long? NumberOf(int ordinal) =>
            numberOf!.TryGetValue(new IssuedDocument(DocumentKind.Invoice, ordinal, fed.SellerId), out var number) ? number : null;
    }

    /// <summary>An id that only depends on what happened, so that it is the same after a restore and in each delivery.</summary>
    private static string IdOf(in PlacedEvent placed)
    {
        var name = FormattableString.Invariant(
            $"{placed.SubscriptionId}:{placed.Event.Sequence}:{(int)placed.Event.Type}:{placed.Event.Invoice}");
        return $"evt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so its events cannot be shown.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}

/// <summary>An event as integrators get it.</summary>
/// <param name="Json">Null if its subscription cannot be read.</param>
internal readonly record struct RenderedEvent(PlacedEvent Placed, RawJson? Json);
