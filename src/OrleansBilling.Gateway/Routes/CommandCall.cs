using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Coupons;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Who asks which subscription, over its own route or as a line of a stream.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="SubscriptionId">Whom.</param>
/// <param name="Key">Under which key, or null.</param>
/// <param name="CancellationToken">Fires when nobody waits for the answer any more.</param>
internal readonly record struct CommandCall(
    Caller Caller, string SubscriptionId, IdempotencyKey? Key, CancellationToken CancellationToken)
{
    public Redeemer Redeemer => new(Caller, SubscriptionId, Key, CancellationToken);

    public static CommandCall Of(ApiCall call, string subscriptionId) => new(call.Caller, subscriptionId, call.Idempotency, call.Aborted);
}
