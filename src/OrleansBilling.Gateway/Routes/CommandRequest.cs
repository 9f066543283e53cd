using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// What a route or a line asks of a subscription: a command, or what becomes one with the help of the catalog or of a
/// coupon (<see cref="CommandExecution"/>). One of the four is not null.
/// </summary>
/// <param name="Command">A command as it is.</param>
/// <param name="Subscribe">A new subscription, which needs its offer's terms.</param>
/// <param name="ChangePlan">A plan change, which needs the new offer's terms.</param>
/// <param name="Coupon">A coupon to apply, which needs a redemption.</param>
internal readonly record struct CommandRequest(
    SubscriptionCommand? Command, SubscribeTermsBody? Subscribe = null, ChangePlanBody? ChangePlan = null, string? Coupon = null);

/// <summary>Reads a body or a line into a request, or finds out what is wrong with it.</summary>
internal delegate ApiError? CommandReading<in TBody>(TBody body, out CommandRequest request);
