using System.Collections.Immutable;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Shows and lists subscriptions.</summary>
internal sealed partial class SubscriptionRoutes(
    CallersSubscriptions subscriptions, SubscriptionReader reader, ISubscriptionDirectory directory, CustomerReader customers,
    ILogger<SubscriptionRoutes> logger) : IRouteGroup
{
    private const string Tag = "Subscriptions";

    public void Map(ApiRoutes api)
    {
        api.Get(
                "/v1/subscriptions/{id}", Roles.Everyone, GetAsync,
                new QueryParameter("as_of", "string", "Shows the subscription as it was at this instant.", "date-time"))
            .Named("subscriptions_get").Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Shows a subscription, now or as it was");
        api.Get(
                "/v1/subscriptions", Roles.Everyone, ListAsync,
                new QueryParameter("status", "string", "Only in this status.", Values: EnumNames<SubscriptionStatus>.Names),
                QueryParameter.Id("seller_id", "Only of this seller."),
                QueryParameter.Id("product_id", "Only of this product."),
                QueryParameter.Id("plan_id", "Only of this plan."),
                QueryParameter.Id("offer_id", "Only of this offer."),
                QueryParameter.Id("customer_id", "Only of this customer."),
                PageParameters.Limit,
                PageParameters.Cursor)
            .Named("subscriptions_list").Answers(200, typeof(SubscriptionPage)).Describe(Tag, "Lists subscriptions, ordered by id");
    }

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        var asOf = call.Query.Instant("as_of");
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var view = await subscriptions.FindAsync(call);
        if (view is not null && asOf is { } instant) view = await reader.FindAsOfAsync(call.Id, instant, call.Aborted);
        if (view is null) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        var customer = await customers.FindAsync(view.State.Customer.Id, call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, SubscriptionDocument.From(view.State, view.Terms, customer),
            GatewayJson.Default.SubscriptionDocument, version: view.State.Version);
    }

    /// <summary>Null for a damaged row, so that it does not hide the other rows of its page.</summary>
    private async ValueTask<SubscriptionView?> TryReadAsync(ApiCall call, StoredSubscription stored)
    {
        try
        {
            return await reader.DecodeAsync(stored, call.Aborted);
        }
        catch (Exception e) when (e is not JournalUnavailableException and not OperationCanceledException)
        {
            LogUnreadable(stored.SubscriptionId, e.GetType().Name, e.Message);
            return null;
        }
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var query = call.Query;
        var filter = new DirectoryFilter
        {
            Status = query.Enum<SubscriptionStatus>("status"),
            SellerId = CallerScope.SellerId(call, query.Id("seller_id")),
            ProductId = query.Id("product_id"),
            PlanId = query.Id("plan_id"),
            OfferId = query.Id("offer_id"),
            CustomerId = CallerScope.CustomerId(call, query.Id("customer_id")),
        };
        var limit = query.Limit();
        var after = query.CursorPosition();
        if (after is not null && !Ids.IsValid(after)) query.FailCursor();
        if (query.Error is { } error) return Answers.Problem(error);

        var found = await directory.ListAsync(filter, after, limit + 1, call.Aborted);
        var read = new List<SubscriptionView>(Math.Min(limit, found.Count));
        List<UnreadableDocument>? unreadable = null;
        foreach (var stored in found.Take(limit))
        {
            if (await TryReadAsync(call, stored) is { } view) read.Add(view);
            else (unreadable ??= []).Add(new UnreadableDocument(stored.SubscriptionId, stored.Version, UnreadableDocument.Unreadable));
        }

        var known = await customers.FindAsync(read.Select(view => view.State.Customer.Id), call.Aborted);
        var shown = read.Select(
            view => SubscriptionDocument.From(view.State, view.Terms, known.GetValueOrDefault(view.State.Customer.Id)));
        var next = found.Count > limit ? Cursor.Encode(found[limit - 1].SubscriptionId) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new SubscriptionPage([.. shown], next, unreadable),
            GatewayJson.Default.SubscriptionPage);
    }

    /// <summary>One line for each row, because everyone who pages through the list meets it again.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription {SubscriptionId} cannot be shown in a list. {Exception}: {Reason}")]
    private partial void LogUnreadable(string subscriptionId, string exception, string reason);
}
