using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// What a route or a line asks of a subscription: a command, or what becomes one with the help of the catalog or of a
/// coupon (<see cref="CommandRunner.RunAsync"/>).
/// </summary>
internal abstract partial record CommandRequest
{
    private CommandRequest()
    {
    }

    /// <summary>A command as it is.</summary>
    public sealed record Plain(SubscriptionCommand Command) : CommandRequest;

    /// <summary>A new subscription, which needs its offer's terms.</summary>
    public sealed record Subscribe(SubscribeTermsBody Body) : CommandRequest;

    /// <summary>A plan change, which needs the new offer's terms.</summary>
    public sealed record ChangePlan(ChangePlanBody Body) : CommandRequest;

    /// <summary>A coupon to apply, which needs a redemption.</summary>
    public sealed record ApplyCoupon(string Code) : CommandRequest;
}

/// <summary>Reads a body or a line into a request, or finds out what is wrong with it; then there is no request.</summary>
internal delegate ApiError? CommandReading<in TBody>(TBody body, out CommandRequest? request);
