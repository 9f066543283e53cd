using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's credit notes. Like its invoices, they are derived from its events.</summary>
internal sealed class CreditNoteRoutes(
    CallersSubscriptions subscriptions, SubscriptionReader reader, IDocumentNumbers numbers) : IRouteGroup
{
    public void Map(ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/credit-notes", Roles.Everyone, ListAsync, PageParameters.HistoryLimit,
            PageParameters.Cursor)
            .Named("subscriptions_list_credit_notes").Answers(200, typeof(CreditNotePage))
                .Describe("Subscriptions", "Lists the credit notes of a subscription's invoices, oldest first");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var (asked, error) = await HistoryPage.AskAsync(call, subscriptions);
        if (asked is null) return Answers.Problem(error!);
        var numbersOf = await DocumentNumbersOf.ReadAsync(numbers, call, asked.View, DocumentKind.CreditNote);
        var notes = await FindAsync(call, asked, numbersOf);
        var (data, next) = asked.Cut(notes, note => note.Document, note => note.Ordinal, GatewayJson.Default.CreditNoteDocument);
        return Answers.Json(StatusCodes.Status200OK, new CreditNotePage(data, next), GatewayJson.Default.CreditNotePage);
    }

    /// <summary>
    /// Finds up to one more than the page shows. For a refund, the request has the tax and the reason; only a refund that
    /// succeeded has a credit note.
    /// </summary>
    private async ValueTask<List<(int Ordinal, CreditNoteDocument Document)>> FindAsync(
        ApiCall call, HistoryPage page, DocumentNumbersOf numbersOf)
    {
        var found = new List<(int Ordinal, CreditNoteDocument Document)>();
        var asked = new Dictionary<(int Invoice, int Refund), SubscriptionEvent.RefundRequested>();
        await foreach (var recorded in reader.ReadWithoutUsageAsync(call.Id, IsWanted, call.Aborted))
        {
            switch (recorded.Event)
            {
                case SubscriptionEvent.RefundRequested x:
                    asked[(x.Invoice, x.Refund)] = x;
                    break;
                case SubscriptionEvent.RefundSucceeded x:
                    var request = asked[(x.Invoice, x.Refund)];
                    Add(x, x.CreditNote, x.Invoice, RefundTarget.PaymentMethod, x.Amount, request.Tax, request.Reason);
                    break;
                case SubscriptionEvent.CreditGranted x:
                    Add(x, x.CreditNote, x.Invoice, RefundTarget.Credit, x.Amount, x.Tax, x.Reason);
                    break;
                default:
                    break;
            }

            if (found.Count > page.Limit) break;
        }

        return found;

        void Add(SubscriptionEvent e, int ordinal, int invoice, RefundTarget to, long amount, long tax, string? reason)
        {
            if (ordinal <= page.After) return;
            found.Add((ordinal, new CreditNoteDocument(
                CreditNoteDocument.IdOf(call.Id, ordinal), call.Id, numbersOf.Find(ordinal), invoice, to, page.View.Terms.Offer.Currency,
                amount, tax, reason, e.At)));
        }
    }

    private static bool IsWanted(Type type) =>
        type == typeof(SubscriptionEvent.RefundRequested) || type == typeof(SubscriptionEvent.RefundSucceeded) ||
            type == typeof(SubscriptionEvent.CreditGranted);
}
