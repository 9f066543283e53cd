using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Coupons;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A caller and the subscription it addresses, from the subscription's own route or a line of a stream.</summary>
/// <param name="Key">The caller's idempotency key, or null.</param>
/// <param name="CancellationToken">Fires when the caller no longer waits for the answer.</param>
/// <param name="ExpectedVersion">The version that the subscription must have; null for any.</param>
internal readonly record struct CommandCall(
    Caller Caller, string SubscriptionId, IdempotencyKey? Key, CancellationToken CancellationToken, long? ExpectedVersion = null)
{
    public Redeemer Redeemer => new(Caller, SubscriptionId, Key, CancellationToken, ExpectedVersion);

    public static CommandCall Of(ApiCall call, string subscriptionId) =>
        new(call.Caller, subscriptionId, call.Idempotency, call.Aborted, call.ExpectedVersion);
}
