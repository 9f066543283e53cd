using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Tells which products a customer may use now. Reads the journal, so every command that was acknowledged counts.
/// </summary>
internal sealed partial class EntitlementRoutes(
    CallersCustomers callers, ISubscriptionList subscriptions, SubscriptionReader reader, IClock clock, ILogger<EntitlementRoutes> logger)
    : IRouteGroup
{
    /// <summary>The most subscriptions that give access and that a request looks at.</summary>
    private const int SubscriptionsMax = 10_000;

    private static readonly ApiError TooMany = new(
        422, "too_many_rows",
        FormattableString.Invariant($"The customer has more than {SubscriptionsMax} running subscriptions; ask for some products."),
        "product_id");

    public void Map(ApiRoutes api) =>
        api.Get(
                "/v1/customers/{id}/entitlements", Roles.Everyone, ListAsync,
                QueryParameter.Ids("product_id", "Only of these products."), PageParameters.Limit, PageParameters.Cursor)
            .Named("customers_list_entitlements").Answers(200, typeof(EntitlementList)).Describe(
                "Customers", "Lists the products that the customer has access to now, ordered by id",
                "Each product once, by the subscription that gives access for longest. Access lasts through a trial, a paid period and " +
                "dunning; a pause and a cancellation at once end it. A seller gets its own products.");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var sellerId = CallerScope.SellerId(call, null);
        var productIds = call.Query.Ids("product_id");
        var afterProduct = call.Query.CursorId();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await callers.FindAsync(call) is not { } customer) return Answers.Problem(CustomerRoutes.NotFound);

        var filter = new SubscriptionFilter
        {
            CustomerIds = [customer.Id],
            SellerIds = sellerId is null ? [] : [sellerId],
            ProductIds = productIds,
            Statuses = Access.Statuses,
        };
        var longest = new EntitledProducts(afterProduct, limit + 1);
        SubscriptionMark? after = null;
        for (var seen = 0; ;)
        {
            // Ordered by id, the list is never being rebuilt.
            var page = (await subscriptions.ListAsync(filter, default, after, Query.LimitMax, call.Aborted))!;
            seen += page.Count;
            if (seen > SubscriptionsMax) return Answers.Problem(TooMany);
            foreach (var placed in page) await AddAsync(call, placed.Stored, longest);
            if (page.Count < Query.LimitMax) break;
            after = page[^1].Place;
        }

        var shown = longest.InOrder.Take(limit).ToImmutableArray();
        var next = longest.InOrder.Count > limit ? call.Query.NextCursor(shown[^1].ProductId) : null;
        return Answers.Json(StatusCodes.Status200OK, new EntitlementList(shown, next), GatewayJson.Default.EntitlementList);
    }

    /// <summary>Adds what a subscription gives access to. A damaged one gives none, so that it does not close the others.</summary>
    private async ValueTask AddAsync(ApiCall call, StoredSubscription stored, EntitledProducts longest)
    {
        try
        {
            var view = await reader.DecodeAsync(stored, call.Aborted);
            if (Access.Until(view.State, clock.GetCurrentInstant()) is { } until) longest.Add(EntitlementOf(view, until));
        }
        catch (Exception e) when (e is not JournalUnavailableException and not OperationCanceledException)
        {
            LogUnreadable(e, stored.SubscriptionId);
        }
    }

    private static EntitlementDocument EntitlementOf(SubscriptionView view, Instant until) => new(
        view.Terms.Product.Id, view.Terms.Plan.Id, view.State.OfferId, view.State.Id, view.State.Status, until);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so it gives no access.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
