using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's credit notes, derived from its events like its invoices.</summary>
internal static class CreditNoteRoutes
{
    public static void MapCreditNotes(this ApiRoutes api) =>
        api.Get("/v1/subscriptions/{id}/credit-notes", Roles.Everyone, ListAsync, SubscriptionRoutes.Limit, SubscriptionRoutes.CursorParameter)
            .Answers(200, typeof(CreditNotePage)).Describe("Subscriptions", "Lists what was given back of a subscription's invoices, oldest first");

    private static async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await SubscriptionRoutes.FindOwnAsync(call) is not { } view) return Answers.Problem(ApiErrors.From(Refusal.NotFound));

        var history = await call.Services.Reader.ReadHistoryAsync(call.Id, call.Aborted);
        var numbers = await DocumentNumbersOf.ReadAsync(call, view, DocumentKind.CreditNote);
        var page = Fold(view, history, numbers).Where(note => note.Ordinal > after).Take(limit + 1).ToList();
        var next = page.Count > limit ? Cursor.Encode(page[limit - 1].Ordinal) : null;
        return Answers.Json(StatusCodes.Status200OK, new CreditNotePage([.. page.Take(limit).Select(note => note.Document)], next), GatewayJson.Default.CreditNotePage);
    }

    /// <summary>What was asked for tells tax and reason; what succeeded is a credit note.</summary>
    private static IEnumerable<(int Ordinal, CreditNoteDocument Document)> Fold(SubscriptionView view, IReadOnlyList<RecordedEvent> history, DocumentNumbersOf numbers)
    {
        var asked = new Dictionary<(int Invoice, int Refund), SubscriptionEvent.RefundRequested>();
        foreach (var recorded in history)
        {
            switch (recorded.Event)
            {
                case SubscriptionEvent.RefundRequested x:
                    asked[(x.Invoice, x.Refund)] = x;
                    break;
                case SubscriptionEvent.RefundSucceeded x:
                    var request = asked[(x.Invoice, x.Refund)];
                    yield return Note(x, x.CreditNote, x.Invoice, RefundTarget.PaymentMethod, x.Amount, request.Tax, request.Reason);
                    break;
                case SubscriptionEvent.CreditGranted x:
                    yield return Note(x, x.CreditNote, x.Invoice, RefundTarget.Credit, x.Amount, x.Tax, x.Reason);
                    break;
                default:
                    break;
            }
        }

        (int, CreditNoteDocument) Note(SubscriptionEvent e, int ordinal, int invoice, RefundTarget to, long amount, long tax, string? reason) => (ordinal, new CreditNoteDocument(
            CreditNoteDocument.IdOf(view.State.Id, ordinal), view.State.Id, numbers.Find(ordinal), invoice, to, view.Terms.Offer.Currency, amount, tax, reason, e.At));
    }
}
