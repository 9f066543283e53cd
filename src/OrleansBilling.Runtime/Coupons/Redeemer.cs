using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Coupons;

/// <summary>Who redeems a coupon, for which subscription.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="SubscriptionId">For whom.</param>
/// <param name="Key">Under which key, or null.</param>
/// <param name="CancellationToken">Fires when nobody waits for the answer any more.</param>
public readonly record struct Redeemer(Caller Caller, string SubscriptionId, IdempotencyKey? Key, CancellationToken CancellationToken);
