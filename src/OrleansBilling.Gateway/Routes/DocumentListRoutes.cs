using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// The credit notes and chargebacks of the whole installation. The lists trail the journal by less than a second; those of one subscription
/// are read from the journal.
/// </summary>
internal sealed class DocumentListRoutes(
    ICreditNoteList creditNotes, IChargebackList chargebacks, SubscriptionTextReader texts) : IRouteGroup
{
    private const string Tag = "Invoices";

    private static readonly QueryParameter Sellers = QueryParameter.Ids("seller_id", "Only of these sellers.");

    private static readonly QueryParameter Customers = QueryParameter.Ids("customer_id", "Only of these customers.");

    private static readonly QueryParameter Subscriptions = QueryParameter.Ids("subscription_id", "Only of these subscriptions.");

    public void Map(ApiRoutes api)
    {
        api.Get(
                "/v1/credit-notes", Roles.Everyone, ListCreditNotesAsync,
                Sellers, Customers, Subscriptions,
                new QueryParameter(
                    "number", "string", $"Only with these numbers, separated by commas: at most {Query.IdsMax}. Each seller has its own."),
                new QueryParameter("created_from", "string", "Only what was refunded at this instant or later.", "date-time"),
                new QueryParameter("created_to", "string", "Only what was refunded before this instant.", "date-time"),
                PageParameters.HistoryLimit,
                PageParameters.Cursor)
            .Named("credit_notes_list").Answers(200, typeof(CreditNotePage))
            .Describe(
                Tag, "Lists credit notes of all subscriptions, newest first",
                "A credit note appears within a second. While the list is derived again from the events, the answer is 503 rebuilding.");
        api.Get(
                "/v1/chargebacks", Roles.Everyone, ListChargebacksAsync,
                new QueryParameter(
                    "status", "string",
                    "Only in these statuses, separated by commas: " + string.Join(", ", EnumNames<DisputeStatus>.Names) + "."),
                Sellers, Customers, Subscriptions,
                new QueryParameter("created_from", "string", "Only what was recorded at this instant or later.", "date-time"),
                new QueryParameter("created_to", "string", "Only what was recorded before this instant.", "date-time"),
                PageParameters.HistoryLimit,
                PageParameters.Cursor)
            .Named("chargebacks_list").Answers(200, typeof(ChargebackPage))
            .Describe(
                Tag, "Lists chargebacks of all subscriptions, newest first",
                "A chargeback and how its dispute ends appear within a second. While the list is derived again from the events, the " +
                "answer is 503 rebuilding.");
    }

    private async ValueTask<IResult> ListCreditNotesAsync(ApiCall call)
    {
        var query = call.Query;
        var filter = new CreditNoteFilter
        {
            SellerIds = CallerScope.SellerIds(call, query.Ids("seller_id")),
            CustomerIds = CallerScope.CustomerIds(call, query.Ids("customer_id")),
            SubscriptionIds = query.Ids("subscription_id"),
            Numbers = query.Numbers("number"),
            Created = CreatedIn(query),
        };
        var limit = query.Limit();
        var place = ReadCursor(query, numbers: 1);
        if (query.Error is { } error) return Answers.Problem(error);
        CreditNoteMark? after = place is { } from ? new CreditNoteMark(from.At, from.SubscriptionId, from.Numbers[0]) : null;
        if (await creditNotes.ListAsync(filter, after, limit + 1, call.Aborted) is not { } found) return Rebuilding("credit notes");
        var reasons = await texts.FindAsync(
            found.Select(one => SubscriptionTexts.PlaceOfReason(one.Note)).OfType<TextPlace>(), call.Aborted);
        var (data, next) = HistoryPage.Cut(
            query, limit, found, one => CreditNoteDocument.From(one.Note, one.Number, reasons), one => PositionOf(one.Note),
            GatewayJson.Default.CreditNoteDocument);
        return Answers.Json(StatusCodes.Status200OK, new CreditNotePage(data, next), GatewayJson.Default.CreditNotePage);
    }

    private async ValueTask<IResult> ListChargebacksAsync(ApiCall call)
    {
        var query = call.Query;
        var filter = new ChargebackFilter
        {
            Statuses = [.. query.EnumList<DisputeStatus>("status") ?? []],
            SellerIds = CallerScope.SellerIds(call, query.Ids("seller_id")),
            CustomerIds = CallerScope.CustomerIds(call, query.Ids("customer_id")),
            SubscriptionIds = query.Ids("subscription_id"),
            Created = CreatedIn(query),
        };
        var limit = query.Limit();
        var place = ReadCursor(query, numbers: 2);
        if (query.Error is { } error) return Answers.Problem(error);
        ChargebackMark? after = place is { } from
            ? new ChargebackMark(from.At, from.SubscriptionId, from.Numbers[0], from.Numbers[1])
            : null;
        if (await chargebacks.ListAsync(filter, after, limit + 1, call.Aborted) is not { } found) return Rebuilding("chargebacks");
        var reasons = await texts.FindAsync(found.Select(SubscriptionTexts.PlaceOfReason).OfType<TextPlace>(), call.Aborted);
        var (data, next) = HistoryPage.Cut(
            query, limit, found, one => ChargebackDocument.From(one, reasons), PositionOf, GatewayJson.Default.ChargebackDocument);
        return Answers.Json(StatusCodes.Status200OK, new ChargebackPage(data, next), GatewayJson.Default.ChargebackPage);
    }

    private static IResult Rebuilding(string list) => Answers.Problem(ApiErrors.Rebuilding(
        $"The list of {list} is being derived from the events. Billing goes on; try again later."));

    private static InstantRange CreatedIn(Query query)
    {
        var (from, to) = query.Created();
        return new InstantRange(from, to);
    }

    private static string PositionOf(CreditNote note) => string.Create(
        CultureInfo.InvariantCulture,
        $"{note.CreatedAt.ToUnixTimeMilliseconds()}/{note.SubscriptionId}/{note.Ordinal}");

    private static string PositionOf(Chargeback one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.OpenedAt.ToUnixTimeMilliseconds()}/{one.SubscriptionId}/{one.Invoice}/{one.Attempt}");

    /// <summary>The place in a cursor. The order of its list ends with so many numbers within the subscription.</summary>
    private static (Instant At, string SubscriptionId, int[] Numbers)? ReadCursor(Query query, int numbers)
    {
        if (query.CursorPosition() is not { } position) return null;
        if (position.Split('/') is [var at, var subscriptionId, .. var rest] && Ids.IsValid(subscriptionId) &&
            Cursor.TryParseInstant(at, out var created) && rest.Length == numbers)
        {
            var within = new int[numbers];
            var valid = true;
            for (var n = 0; n < numbers; n++)
                valid &= int.TryParse(rest[n], NumberStyles.None, CultureInfo.InvariantCulture, out within[n]);
            if (valid) return (created, subscriptionId, within);
        }

        query.FailCursor();
        return null;
    }
}
