using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's invoices, derived from its events: the journal keeps no second copy of them.</summary>
internal static class InvoiceRoutes
{
    private static readonly RefundBody All = new();

    public static void MapInvoices(this ApiRoutes api)
    {
        api.Get("/v1/subscriptions/{id}/invoices", Roles.Everyone, ListAsync, SubscriptionRoutes.Limit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(InvoicePage)).Describe("Subscriptions", "Lists a subscription's invoices, oldest first");
        SubscriptionCommandRoutes.Map(
            api.Post("/v1/subscriptions/{id}/invoices/{number}/refund", Roles.SellerOrAdministrator, GatewayJson.Default.RefundBody, RefundAsync, All),
            "Gives money of an invoice back, to the payment method or as credit");
    }

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await SubscriptionRoutes.FindOwnAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));

        var history = await call.Services.Reader.ReadHistoryAsync(call.Id, call.Aborted);
        var page = InvoiceBook.Fold(history.Select(recorded => recorded.Event)).Where(invoice => invoice.Number > after).Take(limit + 1).ToList();
        var numbers = await DocumentNumbersOf.ReadAsync(call, view, DocumentKind.Invoice);
        var shown = page.Take(limit).Select(invoice => InvoiceDocument.From(call.Id, view.Terms.Offer.Currency, invoice, numbers.Find(invoice.Number))).ToImmutableArray();
        var next = page.Count > limit ? Cursor.Encode(page[limit - 1].Number) : null;
        return Answers.Json(StatusCodes.Status200OK, new InvoicePage(shown, next), GatewayJson.Default.InvoicePage);
    }

    private static async ValueTask<IResult> RefundAsync(ApiCall call, RefundBody body)
    {
        var check = new Check();
        check.Range(body.Amount, "amount", 1, long.MaxValue);
        check.Text(body.Reason, "reason", Check.CommentCharactersMax, lines: true, charactersMin: 0);
        if (check.Error is { } error) return Answers.Problem(error);

        // What is not a number is no invoice's, but whose subscription it is comes first.
        var text = (string)call.Http.Request.RouteValues["number"]!;
        var number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var command = new SubscriptionCommand.RefundInvoice(number, body.Amount, body.To == RefundTarget.Credit, body.Reason);
        return await SubscriptionCommandRoutes.RunAsync(call, new CommandRequest(command));
    }
}

/// <summary>The numbers that a subscription's documents of one kind have in their seller's series.</summary>
internal readonly struct DocumentNumbersOf(IReadOnlyDictionary<IssuedDocument, long> numbers, DocumentKind kind, string sellerId)
{
    public static async ValueTask<DocumentNumbersOf> ReadAsync(ApiCall call, Runtime.Subscriptions.SubscriptionView view, DocumentKind kind) =>
        new(await call.Services.Documents.FindAsync(call.Id, call.Aborted), kind, view.Terms.Product.SellerId);

    /// <summary>Null until it is assigned.</summary>
    public long? Find(int ordinal) => numbers.TryGetValue(new IssuedDocument(kind, ordinal, sellerId), out var number) ? number : null;
}
