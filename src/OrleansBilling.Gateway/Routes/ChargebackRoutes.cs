using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's chargebacks, derived from its events like its invoices.</summary>
internal static class ChargebackRoutes
{
    public static void MapChargebacks(this ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/chargebacks", Roles.Everyone, ListAsync, SubscriptionRoutes.Limit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(ChargebackPage)).Describe("Subscriptions", "Lists what customers' banks took back of a subscription's invoices, oldest first");

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call);
        if (asked is null) return Answers.Problem(error!);
        var history = await call.Services.Reader.ReadHistoryAsync(call.Id, call.Aborted);
        var found = InOrder(history).Where(one => one.Ordinal > asked.After);
        var (data, next) = asked.Cut(
            found, one => Document(call.Id, asked.View.Terms.Offer.Currency, one.Invoice, one.Attempt, one.Dispute), one => one.Ordinal);
        return Answers.Json(StatusCodes.Status200OK, new ChargebackPage(data, next), GatewayJson.Default.ChargebackPage);
    }

    /// <summary>The book says how each stands, the history in which order they came.</summary>
    private static IEnumerable<(int Ordinal, int Invoice, int Attempt, Dispute Dispute)> InOrder(IReadOnlyList<RecordedEvent> history)
    {
        var disputes = InvoiceBook.Fold(history.Select(recorded => recorded.Event))
            .SelectMany(invoice => invoice.Captures, (invoice, capture) => (Key: (invoice.Number, capture.Attempt), capture.Dispute))
            .Where(one => one.Dispute is not null)
            .ToDictionary(one => one.Key, one => one.Dispute!);
        var ordinal = 0;
        foreach (var recorded in history)
        {
            if (recorded.Event is SubscriptionEvent.ChargedBack x) yield return (++ordinal, x.Invoice, x.Attempt, disputes[(x.Invoice, x.Attempt)]);
        }
    }

    private static ChargebackDocument Document(string subscriptionId, string currency, int invoice, int attempt, Dispute dispute) => new(
        subscriptionId, invoice, attempt, dispute.Status, currency, dispute.Amount, dispute.CreditTaken, dispute.Reason, dispute.OpenedAt, dispute.ClosedAt);
}
