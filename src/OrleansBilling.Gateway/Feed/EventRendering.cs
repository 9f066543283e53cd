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
internal sealed class EventRendering(MomentReader moments, IDocumentNumbers numbers)
{
    /// <summary>The version of the format of events.</summary>
    public const string ApiVersion = "2026-11-29";

    /// <summary>The events in the order given. One whose subscription cannot be read does not hold up those of others.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<RenderedEvent>> RenderAsync(
        IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        var found = await moments.ReadAsync(
            [.. events.Select(e => new MomentAsked(e.SubscriptionId, e.Event.Sequence, e.Event.Invoice))], cancellationToken);
        var billing = events.Where(e => e.Event.Invoice > 0).ToList();
        var issued = billing.Count == 0 ? [] : await numbers.FindAsync(
            [.. billing.Select(e => (e.SubscriptionId, DocumentKind.Invoice, e.Event.Invoice))], cancellationToken);
        var numberOf = billing.Zip(issued).ToDictionary(pair => pair.First.Position, pair => pair.Second);
        return
        [
            .. events.Zip(found, (e, moment) =>
                new RenderedEvent(e, moment is null ? null : Write(e, moment, numberOf.GetValueOrDefault(e.Position)))),
        ];
    }

    private static RawJson Write(in PlacedEvent placed, SubscriptionMoment moment, long? number)
    {
        var (fed, (state, terms), invoice) = (placed.Event, moment.View, moment.Invoice);
        var document = new FeedEventDocument(
            IdOf(placed), fed.Type, placed.SubscriptionId, fed.Sequence, fed.SellerId, state.UpdatedAt, ApiVersion,
            new FeedDataDocument(
                SubscriptionDocument.From(state, terms),
                invoice is null ? null : InvoiceDocument.From(state.Id, terms.Offer.Currency, invoice, number)));
        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, GatewayJson.Default.FeedEventDocument));
    }

    /// <summary>An id that only depends on what happened, so that it is the same after a restore and in each delivery.</summary>
    private static string IdOf(in PlacedEvent placed)
    {
        var name = FormattableString.Invariant(
            $"{placed.SubscriptionId}:{placed.Event.Sequence}:{(int)placed.Event.Type}:{placed.Event.Invoice}");
        return $"evt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";
    }
}

/// <summary>An event as integrators get it.</summary>
/// <param name="Json">Null if its subscription cannot be read.</param>
internal readonly record struct RenderedEvent(PlacedEvent Placed, RawJson? Json);
