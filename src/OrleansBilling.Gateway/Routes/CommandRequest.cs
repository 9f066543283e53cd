using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// A request to a subscription from a route or a line: a command, or data that <see cref="CommandRunner.RunAsync"/> turns
/// into one with the help of the catalog or of a coupon.
/// </summary>
internal abstract partial record CommandRequest
{
    private CommandRequest()
    {
    }

    /// <summary>A complete command.</summary>
    public sealed record Plain(SubscriptionCommand Command) : CommandRequest;

    /// <summary>A new subscription. It still needs its offer's terms.</summary>
    public sealed record Subscribe(SubscribeTermsBody Body) : CommandRequest;

    /// <summary>A plan change. It still needs the new offer's terms.</summary>
    public sealed record ChangePlan(ChangePlanBody Body) : CommandRequest;

    /// <summary>A coupon to apply. It still needs a redemption.</summary>
    public sealed record ApplyCoupon(string Code) : CommandRequest;
}

/// <summary>Reads a body or a line into a request. If something is wrong with it, returns the error and no request.</summary>
internal delegate ApiError? CommandReading<in TBody>(TBody body, out CommandRequest? request);
