using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's chargebacks. Like its invoices, they are derived from its events.</summary>
internal sealed class ChargebackRoutes(CallersSubscriptions subscriptions, SubscriptionReader reader, SubscriptionTextReader texts)
    : IRouteGroup
{
    public void Map(ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/chargebacks", Roles.Everyone, ListAsync, PageParameters.HistoryLimit,
            PageParameters.Cursor)
            .Named("subscriptions_list_chargebacks").Answers(200, typeof(ChargebackPage))
                .Describe("Subscriptions", "Lists a subscription's chargebacks, oldest first");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call, subscriptions);
        if (asked is null) return Answers.Problem(error!);
        var found = (await FindAsync(call)).Where(one => one.Ordinal > asked.After).Take(asked.Limit + 1)
            .Select(one => (one.Ordinal, Chargeback: ChargebackDerivation.Of(asked.View, one.Invoice, one.Attempt, one.Dispute)))
            .ToList();
        var reasons = await texts.FindAsync(
            found.Select(one => SubscriptionTexts.PlaceOfReason(one.Chargeback)).OfType<TextPlace>(), call.Aborted);
        var (data, next) = asked.Cut(
            found,
            one => ChargebackDocument.From(one.Chargeback, reasons),
            one => one.Ordinal,
            GatewayJson.Default.ChargebackDocument);
        return Answers.Json(StatusCodes.Status200OK, new ChargebackPage(data, next), GatewayJson.Default.ChargebackPage);
    }

    /// <summary>Takes the present state of each chargeback from the invoice book and their order from the history.</summary>
    private async ValueTask<List<(int Ordinal, int Invoice, int Attempt, Dispute Dispute)>> FindAsync(ApiCall call)
    {
        var book = new List<Invoice>();
        var opened = new List<SubscriptionEvent.ChargedBack>();
        await foreach (var recorded in reader.ReadWithoutUsageAsync(call.Id, static _ => true, call.Aborted))
        {
            InvoiceBook.Apply(book, recorded.Event);
            if (recorded.Event is SubscriptionEvent.ChargedBack charged) opened.Add(charged);
        }

        return [.. opened.Select((charged, n) => (n + 1, charged.Invoice, charged.Attempt, DisputeOf(book, charged)))];
    }

    private static Dispute DisputeOf(List<Invoice> book, SubscriptionEvent.ChargedBack charged) =>
        book[charged.Invoice - 1].Captures.First(capture => capture.Attempt == charged.Attempt).Dispute
        ?? throw new InvalidOperationException($"Invoice {charged.Invoice} has no record of its chargeback.");
}
