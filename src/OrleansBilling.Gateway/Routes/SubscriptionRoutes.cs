using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Shows a subscription.</summary>
internal sealed class SubscriptionRoutes(CallersSubscriptions subscriptions, SubscriptionReader reader, CustomerReader customers,
    SubscriptionTextReader texts)
    : IRouteGroup
{
    private const string Tag = "Subscriptions";

    public void Map(ApiRoutes api)
    {
        api.Get(
                "/v1/subscriptions/{id}", Roles.Everyone, GetAsync,
                new QueryParameter("as_of", "string", "Shows the subscription as it was at this instant.", "date-time"))
            .Named("subscriptions_get").Answers(200, typeof(SubscriptionDocument)).Describe(Tag, "Shows a subscription, now or as it was");
    }

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        var asOf = call.Query.Instant("as_of");
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var view = await subscriptions.FindAsync(call);
        if (view is not null && asOf is { } instant) view = await reader.FindAsOfAsync(call.Id, instant, call.Aborted);
        if (view is null) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        var customer = await customers.FindAsync(view.State.Customer.Id, call.Aborted);
        var comments = await texts.FindCommentsAsync([view.State], call.Aborted);
        return Answers.Json(
            StatusCodes.Status200OK, SubscriptionDocument.From(view.State, view.Terms, customer, comments),
            GatewayJson.Default.SubscriptionDocument, version: view.State.Version);
    }
}
