using OrleansBilling.Client;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Figures;

/// <summary>One subscription with its story and its invoices, the newest first.</summary>
/// <param name="Upcoming">The next invoice; null if there will be none.</param>
/// <param name="HasOlderEvents">Whether the story began before the first event here.</param>
public sealed record SubscriptionView(
    Subscription Subscription, string PlanName, TimeZoneInfo Zone, IReadOnlyList<Event> Events, bool HasOlderEvents,
    IReadOnlyList<Invoice> Invoices, InvoicePreview? Upcoming)
{
    private const int PageMax = 200;

    /// <summary>The most pages of events that are read to reach the newest.</summary>
    private const int PagesMax = 10;

    public static async ValueTask<SubscriptionView> LoadAsync(
        FiguresDesk desk, SignedIn session, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desk);
        var shelf = await Shelf.LoadAsync(desk, session, cancellationToken);
        return await desk.AskAsync(session, $"subscription|{id}", client => AskAsync(client, shelf, id), cancellationToken);
    }

    private static async Task<SubscriptionView> AskAsync(BillingClient client, Shelf shelf, string id)
    {
        var subscription = await client.Subscriptions.GetAsync(id);
        var invoices = client.Subscriptions.ListInvoicesPageAsync(id, new() { Limit = PageMax });
        var upcoming = UpcomingAsync(client, id);
        List<Event> events = [];
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await client.Subscriptions.ListEventsPageAsync(id, new() { Limit = PageMax, Cursor = cursor });
            events.AddRange(page.Data);
            if (events.Count > PageMax) events.RemoveRange(0, events.Count - PageMax);
            cursor = page.NextCursor;
        }
        while (cursor is not null && ++pages < PagesMax);
        events.Reverse();
        var first = events.Count == 0 ? 1 : events[^1].Sequence;
        return new SubscriptionView(
            subscription, shelf.PlanName(subscription.PlanId), shelf.TimeZoneOf(subscription.ProductId), events, first > 1,
            [.. (await invoices).Data.Reverse()], await upcoming);
    }

    private static async Task<InvoicePreview?> UpcomingAsync(BillingClient client, string id)
    {
        try
        {
            return await client.Subscriptions.GetUpcomingInvoiceAsync(id);
        }
        catch (BillingException refused) when ((int)refused.Status is >= 400 and < 500)
        {
            // It has none.
            return null;
        }
    }
}
