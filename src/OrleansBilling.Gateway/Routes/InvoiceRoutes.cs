using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's invoices. They are derived from its events; the journal keeps no second copy.</summary>
internal sealed class InvoiceRoutes(
    CallersSubscriptions subscriptions, SubscriptionReader reader, IDocumentNumbers numbers, CommandRunner commands) : IRouteGroup
{
    private static readonly RefundBody All = new();

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/subscriptions/{id}/invoices", Roles.Everyone, ListAsync, PageParameters.HistoryLimit,
            PageParameters.Cursor)
            .Named("subscriptions_list_invoices").Answers(200, typeof(InvoicePage))
            .Describe("Subscriptions", "Lists a subscription's invoices, oldest first");
        SubscriptionCommandRoutes.Describe(
            api.Post(
                "/v1/subscriptions/{id}/invoices/{number}/refund", Roles.SellerOrAdministrator, GatewayJson.Default.RefundBody, RefundAsync,
                All),
            "subscriptions_refund_invoice", "Refunds money of an invoice, to the payment method or as credit");
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call, subscriptions);
        if (asked is null) return Answers.Problem(error!);
        var numbersOf = await DocumentNumbersOf.ReadAsync(numbers, call, asked.View, DocumentKind.Invoice);
        var invoices = await reader.ReadInvoicesAsync(call.Id, asked.View.State.Version, call.Aborted);
        var (data, next) = asked.Cut(
            invoices.Where(invoice => invoice.Number > asked.After),
            invoice => InvoiceDocument.From(InvoiceDerivation.Of(asked.View, invoice), numbersOf.Find(invoice.Number)),
            invoice => invoice.Number,
            GatewayJson.Default.InvoiceDocument);
        return Answers.Json(StatusCodes.Status200OK, new InvoicePage(data, next), GatewayJson.Default.InvoicePage);
    }

    private async ValueTask<IResult> RefundAsync(ApiCall call, RefundBody body)
    {
        var check = new Check();
        check.Range(body.Amount, "amount", 1, long.MaxValue);
        RefuseLines(ref check, body.Lines);
        check.Text(body.Reason, "reason", FieldLimits.CommentCharactersMax, lines: true, charactersMin: 0);
        if (check.Error is { } error) return Answers.Problem(error);

        // Text that is not a number becomes 0, which is no invoice's number. The command still goes to the subscription,
        // because the check that the caller may touch it comes first.
        var text = (string)call.Http.Request.RouteValues["number"]!;
        var number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var command = new SubscriptionCommand.RefundInvoice(number, body.Amount, body.To == RefundTarget.Credit, body.Reason)
        {
            Lines = body.Lines is null ? [] : [.. body.Lines.Select(line => new LineRefund(line.Line, line.Amount))],
        };
        return await commands.AnswerAsync(call, new CommandRequest.Plain(command));
    }

    private static void RefuseLines(ref Check check, IReadOnlyList<RefundLineBody>? lines)
    {
        if (!check.List(lines, "lines", 1, SubscriptionCommand.RefundInvoice.LinesMax)) return;
        for (var n = 0; n < lines!.Count; n++)
        {
            check.Range(lines[n].Line, string.Create(CultureInfo.InvariantCulture, $"lines[{n}].line"), 1, int.MaxValue);
            check.Range(lines[n].Amount, string.Create(CultureInfo.InvariantCulture, $"lines[{n}].amount"), 1, long.MaxValue);
        }
    }
}
