using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

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

/// <summary>Checks a body or a line and reads it into a request. If the check found faults, there may be none, and none is run.</summary>
internal delegate CommandRequest? CommandReading<in TBody>(ref Check check, TBody body);
