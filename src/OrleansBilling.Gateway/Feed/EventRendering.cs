using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Feed;

/// <summary>
/// Writes events as integrators get them. The feed keeps no content: what an event is about is derived from the journal, as it was
/// after the event, or is an endpoint as it was when it was disabled.
/// </summary>
internal sealed class EventRendering(
    MomentReader moments, IDocumentNumbers numbers, CustomerReader customers, SubscriptionTextReader texts, IWebhookStore webhooks)
    : IEventRenderer
{
    /// <summary>The version of the format of events.</summary>
    public const string ApiVersion = "2026-11-29";

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RenderedEvent?>> RenderAsync(
        IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(events, cancellationToken)).Select(document => document is null ? null : Write(document))];

    /// <summary>The events in the order given; null where a subscription cannot be read.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<FeedEventDocument?>> ReadAsync(
        IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        var told = events.Where(e => e.IsOfEndpoint).ToList();
        if (told.Count == 0) return await ReadOfSubscriptionsAsync(events, cancellationToken);
        var disabled = await webhooks.ReadDisabledAsync([.. told.Select(e => e.Event.Sequence)], cancellationToken);
        var others = await ReadOfSubscriptionsAsync([.. events.Where(e => !e.IsOfEndpoint)], cancellationToken);
        var next = 0;
        return
        [
            .. events.Select(e => !e.IsOfEndpoint
                ? others[next++]
                : disabled.GetValueOrDefault(e.Event.Sequence) is { } endpoint ? DocumentOf(e, endpoint) : null),
        ];
    }

    private async ValueTask<IReadOnlyList<FeedEventDocument?>> ReadOfSubscriptionsAsync(
        IReadOnlyList<PlacedEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return [];
        var found = await moments.ReadAsync(
            [.. events.Select(e => new MomentAsked(e.Subject, e.Event.Sequence, e.Event.Invoice))], cancellationToken);
        var billing = events.Where(e => e.Event.Invoice > 0).ToList();
        var issued = billing.Count == 0 ? [] : await numbers.FindAsync(
            [.. billing.Select(e => (e.Subject, DocumentKind.Invoice, e.Event.Invoice))], cancellationToken);
        var numberOf = billing.Zip(issued).ToDictionary(pair => pair.First.Position, pair => pair.Second);
        var known = await customers.FindAsync(
            found.Where(moment => moment is not null).Select(moment => moment!.View.State.Customer.Id), cancellationToken);
        var comments = await texts.FindCommentsAsync(
            found.Where(moment => moment is not null).Select(moment => moment!.View.State), cancellationToken);
        return
        [
            .. events.Zip(found, (e, moment) => moment is null ? null : DocumentOf(
                e, moment, numberOf.GetValueOrDefault(e.Position), known.GetValueOrDefault(moment.View.State.Customer.Id),
                comments)),
        ];
    }

    private static RenderedEvent Write(FeedEventDocument document) =>
        new(document.Id, JsonSerializer.SerializeToUtf8Bytes(document, GatewayJson.Default.FeedEventDocument));

    private static FeedEventDocument DocumentOf(
        in PlacedEvent placed, SubscriptionMoment moment, long? number, CustomerProfile? customer, SubscriptionTexts comments)
    {
        var (fed, (state, terms), invoice) = (placed.Event, moment.View, moment.Invoice);
        return new FeedEventDocument(
            IdOf(placed), fed.Type, placed.SubscriptionId, fed.Sequence, fed.SellerId, state.UpdatedAt, ApiVersion,
            new FeedDataDocument(
                SubscriptionDocument.From(state, terms, customer, comments),
                invoice is null ? null : InvoiceDocument.From(InvoiceDerivation.Of(moment.View, invoice), number), Endpoint: null));
    }

    private static FeedEventDocument DocumentOf(in PlacedEvent placed, WebhookEndpoint endpoint)
    {
        var at = endpoint.DisabledAt!.Value;

        // Where its state is kept may be given twice, before a restore and after it; the moment is not.
        var id = IdOf(FormattableString.Invariant($"{placed.Subject}:{at.ToUnixTimeTicks()}:{(int)placed.Event.Type}"));
        return new FeedEventDocument(
            id, placed.Event.Type, null, null, endpoint.SellerId, at, ApiVersion,
            new FeedDataDocument(null, null, WebhookEndpointDocument.From(endpoint)));
    }

    /// <summary>An id that only depends on what happened, so that it is the same after a restore and in each delivery.</summary>
    private static string IdOf(in PlacedEvent placed) => IdOf(FormattableString.Invariant(
        $"{placed.Subject}:{placed.Event.Sequence}:{(int)placed.Event.Type}:{placed.Event.Invoice}"));

    private static string IdOf(string name) =>
        $"evt_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";
}
