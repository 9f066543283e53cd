using OrleansBilling.Domain.Feed;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Finds the endpoint of a path if the caller may see it: a seller sees its own.</summary>
internal sealed class CallersEndpoints(IWebhookStore webhooks)
{
    /// <summary>Somebody else was faster, or the caller has an old version.</summary>
    public static ApiError Outdated { get; } = ApiErrors.From(Refusal.OtherVersion);

    public static ApiError NotFound { get; } = ApiErrors.NotFound("webhook_endpoint");

    public async ValueTask<WebhookEndpoint?> FindAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id) || await webhooks.FindAsync(call.Id, call.Aborted) is not { } endpoint) return null;
        return call.Caller.Role == Role.Administrator || endpoint.SellerId == call.Caller.Id ? endpoint : null;
    }

    /// <summary>Checks types to filter by. An empty list is refused: it could be meant as nothing or as everything.</summary>
    public static void CheckTypes(ref Check check, IReadOnlyList<FeedEventType>? types) =>
        check.Names(types, "types", 1, FieldLimits.WebhookTypesMax);
}
