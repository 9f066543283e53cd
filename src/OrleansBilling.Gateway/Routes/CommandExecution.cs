using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Who asks which subscription, over its own route or as a line of a stream.</summary>
/// <param name="Services">What routes work with.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="SubscriptionId">Whom.</param>
/// <param name="Key">Under which key, or null.</param>
/// <param name="CancellationToken">Fires when nobody waits for the answer any more.</param>
internal readonly record struct CommandCall(
    GatewayServices Services, Caller Caller, string SubscriptionId, IdempotencyKey? Key, CancellationToken CancellationToken)
{
    public ValueTask<CommandResult> ExecuteAsync(SubscriptionCommand command) =>
        Services.Runtime.ExecuteAsync(SubscriptionId, new CommandEnvelope(command, Caller, Key), CancellationToken);
}

/// <summary>Turns requests into commands, with what they need of the catalog and of coupons, and has them done.</summary>
internal static class CommandExecution
{
    public static ValueTask<CommandResult> RunAsync(in CommandCall call, in CommandRequest request)
    {
        if (request.Command is { } command) return call.ExecuteAsync(command);
        if (request.Subscribe is { } subscribe) return SubscribeAsync(call, subscribe);
        if (request.ChangePlan is { } change) return ChangePlanAsync(call, change);
        return CouponRedemption.ApplyAsync(call, request.Coupon!);
    }

    private static ValueTask<CommandResult> SubscribeAsync(in CommandCall call, SubscribeTermsBody body)
    {
        var terms = call.Services.Catalog.FindNewestTermsAsync(body.OfferId, call.CancellationToken);
        return terms.IsCompletedSuccessfully ? Subscribe(call, body, terms.Result) : Later(call, body, terms);

        static async ValueTask<CommandResult> Later(CommandCall call, SubscribeTermsBody body, ValueTask<OfferTerms?> terms) =>
            await Subscribe(call, body, await terms);
    }

    private static ValueTask<CommandResult> Subscribe(in CommandCall call, SubscribeTermsBody body, OfferTerms? terms)
    {
        if (SubscribeRequest.Refuse(call.Caller, terms) is { } refusal) return new(new CommandResult.Refused(refusal));
        var command = SubscribeRequest.ToCommand(body, call.SubscriptionId, terms!);
        return body.Coupon is { } coupon ? CouponRedemption.SubscribeAsync(call, coupon, command) : call.ExecuteAsync(command);
    }

    private static async ValueTask<CommandResult> ChangePlanAsync(CommandCall call, ChangePlanBody body)
    {
        var (command, refusal) = await ChangePlanRequest.PrepareAsync(call, body);
        return refusal is not null ? new CommandResult.Refused(refusal) : await call.ExecuteAsync(command!);
    }
}
