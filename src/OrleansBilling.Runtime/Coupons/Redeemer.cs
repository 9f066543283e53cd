using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Coupons;

/// <summary>Who redeems a coupon, and for which subscription.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="Key">The idempotency key of the request, or null.</param>
/// <param name="CancellationToken">Fires when nobody waits for the answer any longer.</param>
public readonly record struct Redeemer(
    Caller Caller, string SubscriptionId, IdempotencyKey? Key, CancellationToken CancellationToken, long? ExpectedVersion = null)
{
    public CommandEnvelope ToEnvelope(SubscriptionCommand command) =>
        new(command, Caller, Key) { ExpectedVersion = ExpectedVersion };
}
