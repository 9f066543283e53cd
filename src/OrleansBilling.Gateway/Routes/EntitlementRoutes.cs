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
    CallersCustomers callers, ISubscriptionDirectory directory, SubscriptionReader reader, IClock clock, ILogger<EntitlementRoutes> logger)
    : IRouteGroup
{
    /// <summary>The most subscriptions that a request looks at, those that ended included.</summary>
    private const int SubscriptionsMax = 1_000;

    private static readonly ApiError TooMany = new(
        422, "too_many_rows",
        FormattableString.Invariant($"The customer has more than {SubscriptionsMax} subscriptions; ask for one product."), "product_id");

    public void Map(ApiRoutes api) =>
        api.Get(
                "/v1/customers/{id}/entitlements", Roles.Everyone, ListAsync,
                QueryParameter.Id("product_id", "Only of this product."))
            .Named("customers_list_entitlements").Answers(200, typeof(EntitlementList)).Describe(
                "Customers", "Lists the products that the customer has access to now",
                "Each product once, by the subscription that gives access for longest. Access lasts through a trial, a paid period and " +
                "dunning; a pause and a cancellation at once end it. A seller gets its own products.");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var productId = call.Query.Id("product_id");
        if (call.Query.Error is { } error) return Answers.Problem(error);
        if (await callers.FindAsync(call) is not { } customer) return Answers.Problem(CustomerRoutes.NotFound);

        var filter = new DirectoryFilter
        {
            CustomerId = customer.Id, SellerId = CallerScope.SellerId(call, null), ProductId = productId,
        };
        var longest = new SortedDictionary<string, EntitlementDocument>(StringComparer.Ordinal);
        string? after = null;
        for (var seen = 0; ;)
        {
            var page = await directory.ListAsync(filter, after, Query.LimitMax, call.Aborted);
            seen += page.Count;
            if (seen > SubscriptionsMax) return Answers.Problem(TooMany);
            foreach (var stored in page) await AddAsync(call, stored, longest);
            if (page.Count < Query.LimitMax) break;
            after = page[^1].SubscriptionId;
        }

        return Answers.Json(StatusCodes.Status200OK, new EntitlementList([.. longest.Values]), GatewayJson.Default.EntitlementList);
    }

    /// <summary>Adds what a subscription gives access to. A damaged one gives none, so that it does not close the others.</summary>
    private async ValueTask AddAsync(ApiCall call, StoredSubscription stored, SortedDictionary<string, EntitlementDocument> longest)
    {
        try
        {
            var view = await reader.DecodeAsync(stored, call.Aborted);
            if (Access.Until(view.State, clock.GetCurrentInstant()) is { } until) Keep(longest, view, until);
        }
        catch (Exception e) when (e is not JournalUnavailableException and not OperationCanceledException)
        {
            LogUnreadable(e, stored.SubscriptionId);
        }
    }

    private static void Keep(SortedDictionary<string, EntitlementDocument> longest, SubscriptionView view, Instant until)
    {
        var product = view.Terms.Product.Id;
        if (!longest.TryGetValue(product, out var known) || known.Until < until)
            longest[product] = new EntitlementDocument(
                product, view.Terms.Plan.Id, view.State.OfferId, view.State.Id, view.State.Status, until);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so it gives no access.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
