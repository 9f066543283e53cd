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
        api.Get("/v1/subscriptions/{id}/invoices", Roles.Everyone, ListAsync, SubscriptionRoutes.HistoryLimit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(InvoicePage)).Describe("Subscriptions", "Lists a subscription's invoices, oldest first");
        SubscriptionCommandRoutes.Map(
            api.Post("/v1/subscriptions/{id}/invoices/{number}/refund", Roles.SellerOrAdministrator, GatewayJson.Default.RefundBody, RefundAsync, All),
            "Gives money of an invoice back, to the payment method or as credit");
    }

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call);
        if (asked is null) return Answers.Problem(error!);
        var numbers = await DocumentNumbersOf.ReadAsync(call, asked.View, DocumentKind.Invoice);
        var invoices = await call.Services.Reader.ReadInvoicesAsync(call.Id, long.MaxValue, call.Aborted);
        var (data, next) = asked.Cut(
            invoices.Where(invoice => invoice.Number > asked.After),
            invoice => InvoiceDocument.From(call.Id, asked.View.Terms.Offer.Currency, invoice, numbers.Find(invoice.Number)),
            invoice => invoice.Number,
            GatewayJson.Default.InvoiceDocument);
        return Answers.Json(StatusCodes.Status200OK, new InvoicePage(data, next), GatewayJson.Default.InvoicePage);
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
