using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's invoices, derived from its events: the journal keeps no second copy of them.</summary>
internal static class InvoiceRoutes
{
    public static void MapInvoices(this ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/invoices", Roles.Everyone, ListAsync, SubscriptionRoutes.Limit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(InvoicePage)).Describe("Subscriptions", "Lists a subscription's invoices, oldest first");

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await SubscriptionRoutes.FindOwnAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));

        var history = await call.Services.Reader.ReadHistoryAsync(call.Id, call.Aborted);
        var page = InvoiceBook.Fold(history.Select(recorded => recorded.Event)).Where(invoice => invoice.Number > after).Take(limit + 1).ToList();
        var shown = page.Take(limit).Select(invoice => InvoiceDocument.From(call.Id, view.Terms.Offer.Currency, invoice)).ToImmutableArray();
        var next = page.Count > limit ? Cursor.Encode(page[limit - 1].Number) : null;
        return Answers.Json(StatusCodes.Status200OK, new InvoicePage(shown, next), GatewayJson.Default.InvoicePage);
    }
}
