using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A subscription's credit notes. Like its invoices, they are derived from its events.</summary>
internal sealed class CreditNoteRoutes(
    CallersSubscriptions subscriptions, SubscriptionReader reader, IDocumentNumbers numbers, SubscriptionTextReader texts) : IRouteGroup
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
        var notes = await FindAsync(call, asked);
        var reasons = await texts.FindAsync(notes.Select(SubscriptionTexts.PlaceOfReason).OfType<TextPlace>(), call.Aborted);
        var (data, next) = asked.Cut(
            notes, note => CreditNoteDocument.From(note, numbersOf.Find(note.Ordinal), reasons), note => note.Ordinal,
            GatewayJson.Default.CreditNoteDocument);
        return Answers.Json(StatusCodes.Status200OK, new CreditNotePage(data, next), GatewayJson.Default.CreditNotePage);
    }

    /// <summary>Finds up to one more than the page shows.</summary>
    private async ValueTask<List<CreditNote>> FindAsync(ApiCall call, HistoryPage page)
    {
        var found = new List<CreditNote>();
        var derivation = new CreditNoteDerivation(page.View);
        await foreach (var recorded in reader.ReadWithoutUsageAsync(call.Id, CreditNoteDerivation.IsWanted, call.Aborted))
        {
            if (derivation.Add(recorded.Event) is { } note && note.Ordinal > page.After) found.Add(note);
            if (found.Count > page.Limit) break;
        }

        return found;
    }
}
