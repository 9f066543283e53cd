using System.Globalization;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// The invoices of the whole installation. The list trails the journal by less than a second; a single invoice is read from the journal.
/// </summary>
internal sealed class InvoiceListRoutes(
    IInvoiceList invoices, SubscriptionReader reader, IDocumentNumbers numbers, CommandRunner commands, CommandAnswers answers)
    : IRouteGroup
{
    private const string Tag = "Invoices";

    private static readonly ApiError Rebuilding = ApiErrors.Rebuilding(
        "The list of invoices is being derived from the events. Billing goes on; try again later.");

    public void Map(ApiRoutes api)
    {
        api.Get(
                "/v1/invoices", Roles.Everyone, ListAsync,
                new QueryParameter(
                    "status", "string",
                    "Only in these statuses, separated by commas: " + string.Join(", ", EnumNames<InvoiceStatus>.Names) + "."),
                QueryParameter.Ids("seller_id", "Only of these sellers."),
                QueryParameter.Ids("customer_id", "Only of these customers."),
                QueryParameter.Ids("subscription_id", "Only of these subscriptions."),
                new QueryParameter(
                    "number", "string", $"Only with these numbers, separated by commas: at most {Query.IdsMax}. Each seller has its own."),
                new QueryParameter("created_from", "string", "Only what was issued at this instant or later.", "date-time"),
                new QueryParameter("created_to", "string", "Only what was issued before this instant.", "date-time"),
                new QueryParameter("overdue", "boolean", "Only what is overdue (true), or what is not (false)."),
                PageParameters.HistoryLimit,
                PageParameters.Cursor)
            .Named("invoices_list").Answers(200, typeof(InvoicePage))
            .Describe(
                Tag, "Lists invoices of all subscriptions, newest first",
                "An invoice and what happens to it appear within a second. While the list is derived again from the events, the answer " +
                "is 503 rebuilding.");
        api.Get("/v1/invoices/{id}", Roles.Everyone, GetAsync)
            .Named("invoices_get").Answers(200, typeof(InvoiceDocument)).Describe(Tag, "Shows an invoice as it is now");
        api.Post(
                "/v1/invoices/{id}/retry", Roles.Everyone, GatewayJson.Default.EmptyBody, RetryAsync, SubscriptionCommandRoutes.Nothing)
            .Named("invoices_retry").Answers(200, typeof(SubscriptionDocument))
            .Describe(Tag, "Retries an invoice at once, if it is its subscription's oldest overdue one");
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = Read(call);
        var limit = call.Query.Limit();
        var after = ReadCursor(call.Query);
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await invoices.ListAsync(filter, after, limit + 1, call.Aborted) is not { } found) return Answers.Problem(Rebuilding);
        var (data, next) = HistoryPage.Cut(
            call.Query, limit, found, one => InvoiceDocument.From(one.Billed, one.Number), one => PositionOf(one.Billed),
            GatewayJson.Default.InvoiceDocument);
        return Answers.Json(StatusCodes.Status200OK, new InvoicePage(data, next), GatewayJson.Default.InvoicePage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        if (IdOf(call) is not { } id) return NotFound;
        var view = await reader.FindAsync(id.SubscriptionId, call.Aborted);
        if (view is null || !call.Caller.MayTouch(view.Terms.Product.SellerId, view.State.Customer.Id)) return NotFound;
        var own = await reader.ReadInvoicesAsync(id.SubscriptionId, view.State.Version, call.Aborted);
        if (id.Number > own.Count) return NotFound;
        var number = await numbers.FindAsync([(id.SubscriptionId, DocumentKind.Invoice, id.Number)], call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, InvoiceDocument.From(InvoiceDerivation.Of(view, own[id.Number - 1]), number[0]),
            GatewayJson.Default.InvoiceDocument);
    }

    /// <summary>The subscription checks that its caller may do this, and that the invoice is the one that can be retried.</summary>
    private async ValueTask<IResult> RetryAsync(ApiCall call, EmptyBody body)
    {
        if (IdOf(call) is not { } id) return NotFound;
        var command = new CommandRequest.Plain(new SubscriptionCommand.RetryInvoice(id.Number));
        var result = await commands.RunAsync(CommandCall.Of(call, id.SubscriptionId), command);
        return result is CommandResult.Refused { Refusal.Kind: RefusalKind.NotFound }
            ? NotFound
            : await answers.ShowAsync(call, result, StatusCodes.Status200OK);
    }

    private static InvoiceId? IdOf(ApiCall call) =>
        InvoiceId.TryParse(call.Id) is { } id && Ids.IsValid(id.SubscriptionId) ? id : null;

    private static IResult NotFound => Answers.Problem(ApiErrors.NotFound("invoice"));

    private static InvoiceFilter Read(ApiCall call)
    {
        var query = call.Query;
        var (from, to) = query.Created();
        return new InvoiceFilter
        {
            Statuses = [.. query.EnumList<InvoiceStatus>("status") ?? []],
            SellerIds = CallerScope.SellerIds(call, query.Ids("seller_id")),
            CustomerIds = CallerScope.CustomerIds(call, query.Ids("customer_id")),
            SubscriptionIds = query.Ids("subscription_id"),
            Numbers = query.Numbers("number"),
            CreatedFrom = from,
            CreatedTo = to,
            Overdue = query.Flag("overdue"),
        };
    }

    private static string PositionOf(BilledInvoice billed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{billed.Invoice.CreatedAt.ToUnixTimeMilliseconds()}/{billed.SubscriptionId}/{billed.Invoice.Number}");

    private static InvoiceMark? ReadCursor(Query query)
    {
        if (query.CursorPosition() is not { } position) return null;
        if (position.Split('/') is [var at, var subscriptionId, var number] && Ids.IsValid(subscriptionId) &&
            Cursor.TryParseInstant(at, out var created) &&
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return new InvoiceMark(created, subscriptionId, place);
        query.FailCursor();
        return null;
    }
}
