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

/// <summary>Lists subscriptions. By id the list is never old; in any other order it trails the journal by less than a second.</summary>
internal sealed partial class SubscriptionListRoutes(
    ISubscriptionList subscriptions, SubscriptionReader reader, CustomerReader customers, ICustomerStore people,
    SubscriptionTextReader texts, ILogger<SubscriptionListRoutes> logger) : IRouteGroup
{
    /// <summary>The most customers that one mail address may stand for.</summary>
    private const int OfEmailMax = 200;

    private static readonly ApiError Rebuilding = ApiErrors.Rebuilding(
        "The list of subscriptions is being derived from the events. Ordered by id it can be read. Billing goes on; try again later.");

    public void Map(ApiRoutes api) => api.Get(
            "/v1/subscriptions", Roles.Everyone, ListAsync,
            new QueryParameter(
                "status", "string",
                "Only in these statuses, separated by commas: " + string.Join(", ", EnumNames<SubscriptionStatus>.Names) + "."),
            QueryParameter.Ids("seller_id", "Only of these sellers."),
            QueryParameter.Ids("product_id", "Only of these products."),
            QueryParameter.Ids("plan_id", "Only of these plans."),
            QueryParameter.Ids("offer_id", "Only of these offers."),
            QueryParameter.Ids("customer_id", "Only of these customers."),
            new QueryParameter(
                "customer_email", "string",
                $"Only of customers with these mail addresses, in any case, separated by commas: at most {Query.IdsMax}."),
            new QueryParameter("payment_token", "string", "Only with this payment method on file.")
            {
                Rule = new VisibleAttribute(FieldLimits.TokenCharactersMax),
            },
            new QueryParameter(
                "metadata", "object", $"Only with all these pairs, as in metadata[campaign]=june: at most {Query.PairsMax}.")
            {
                IsMap = true,
            },
            PageParameters.CreatedFrom,
            PageParameters.CreatedTo,
            new QueryParameter("next_billing_from", "string", "Only what is billed next at this instant or later.", "date-time"),
            new QueryParameter("next_billing_to", "string", "Only what is billed next before this instant.", "date-time"),
            new QueryParameter("canceled_from", "string", "Only what was canceled at this instant or later.", "date-time"),
            new QueryParameter("canceled_to", "string", "Only what was canceled before this instant.", "date-time"),
            new QueryParameter(
                "order_by", "string",
                "What to order by, with - in front from the last to the first. The default is the first range that is given, else " +
                "created_at with payment_token or metadata, else id.",
                Values: SubscriptionOrders.Names),
            PageParameters.Limit,
            PageParameters.Cursor)
        .Named("subscriptions_list").Answers(200, typeof(SubscriptionPage))
        .Describe(
            "Subscriptions", "Lists subscriptions",
            "Ordered by id, the list shows everything that was acknowledged before. In another order, a change is found within a second; " +
            "what is shown is always as it is now. Ordered by next_billing_at or canceled_at, it has only those with such an instant. A " +
            "range is in the order of its field, and so are payment_token and metadata in that of created_at. While the orders are " +
            "derived again from the events, they answer 503 rebuilding.");

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var filter = Read(call);
        var emails = call.Query.Emails("customer_email");
        var sort = SubscriptionOrders.Read(call.Query, filter);
        var limit = call.Query.Limit();
        var after = SubscriptionOrders.ReadCursor(call.Query, sort);
        if (call.Query.Error is { } error) return Answers.Problem(error);

        if (!emails.IsEmpty)
        {
            var known = await WithEmailAsync(emails, filter, call.Aborted);
            if (known.Count > OfEmailMax) return Answers.Problem(TooMany);
            filter = filter with { CustomerIds = [.. known.Select(customer => customer.Id)] };
            if (filter.CustomerIds.IsEmpty)
                return Answers.Json(StatusCodes.Status200OK, new SubscriptionPage([], null), GatewayJson.Default.SubscriptionPage);
        }

        return await subscriptions.ListAsync(filter, sort, after, limit + 1, call.Aborted) is { } found
            ? Answers.Json(StatusCodes.Status200OK, await PageAsync(call, found, limit), GatewayJson.Default.SubscriptionPage)
            : Answers.Problem(Rebuilding);
    }

    /// <summary>Of customers that are named, those with one of these mail addresses; else all that the seller sold to.</summary>
    private async ValueTask<IReadOnlyList<CustomerProfile>> WithEmailAsync(
        ImmutableArray<string> emails, SubscriptionFilter filter, CancellationToken cancellationToken)
    {
        if (filter.CustomerIds.IsEmpty)
        {
            return await people.ListAsync(
                new CustomerFilter { Emails = emails, SellerIds = filter.SellerIds }, null, OfEmailMax + 1, cancellationToken);
        }

        var named = await people.FindAsync(filter.CustomerIds, cancellationToken);
        return [.. named.Where(customer => customer.Email is { } email && emails.Contains(email, StringComparer.OrdinalIgnoreCase))];
    }

    private static ApiError TooMany => new(
        422, "out_of_range", $"More than {OfEmailMax} customers have this mail address; ask for them by customer_id.", "customer_email");

    private static SubscriptionFilter Read(ApiCall call)
    {
        var query = call.Query;
        return new SubscriptionFilter
        {
            Statuses = [.. query.EnumList<SubscriptionStatus>("status") ?? []],
            SellerIds = CallerScope.SellerIds(call, query.Ids("seller_id")),
            ProductIds = query.Ids("product_id"),
            PlanIds = query.Ids("plan_id"),
            OfferIds = query.Ids("offer_id"),
            CustomerIds = CallerScope.CustomerIds(call, query.Ids("customer_id")),
            PaymentTokens = query.Token("payment_token") is { } token ? [token] : [],
            Metadata = query.Metadata("metadata"),
            Created = RangeOf(query, "created"),
            NextBilling = RangeOf(query, "next_billing"),
            Canceled = RangeOf(query, "canceled"),
        };
    }

    private static InstantRange RangeOf(Query query, string name)
    {
        var (from, to) = query.Range(name);
        return new InstantRange(from, to);
    }

    private async ValueTask<SubscriptionPage> PageAsync(ApiCall call, IReadOnlyList<PlacedSubscription> found, int limit)
    {
        var read = new List<SubscriptionView>(Math.Min(limit, found.Count));
        List<UnreadableDocument>? unreadable = null;
        foreach (var (stored, _) in found.Take(limit))
        {
            if (await TryReadAsync(call, stored) is { } view) read.Add(view);
            else (unreadable ??= []).Add(new UnreadableDocument(stored.SubscriptionId, stored.Version, UnreadableDocument.Unreadable));
        }

        var known = await customers.FindAsync(read.Select(view => view.State.Customer.Id), call.Aborted);
        var comments = await texts.FindCommentsAsync(read.Select(view => view.State), call.Aborted);
        var shown = read.Select(
            view => SubscriptionDocument.From(view.State, view.Terms, known.GetValueOrDefault(view.State.Customer.Id), comments));
        var next = found.Count > limit ? SubscriptionOrders.CursorOf(call.Query, found[limit - 1].Place) : null;
        return new SubscriptionPage([.. shown], next, unreadable);
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

    /// <summary>One line for each row, because everyone who pages through the list meets it again.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription {SubscriptionId} cannot be shown in a list. {Exception}: {Reason}")]
    private partial void LogUnreadable(string subscriptionId, string exception, string reason);
}
