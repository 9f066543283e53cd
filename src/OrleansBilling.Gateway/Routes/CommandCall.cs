using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Coupons;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Who asks which subscription, over its own route or as a line of a stream. It turns requests into commands, with what
/// they need of the catalog and of coupons, and has them done.
/// </summary>
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

    private Redeemer Redeemer => new(Caller, SubscriptionId, Key, CancellationToken);

    /// <summary>Has a request done.</summary>
    public ValueTask<CommandResult> RunAsync(CommandRequest request) => request switch
    {
        CommandRequest.Plain x => ExecuteAsync(x.Command),
        CommandRequest.Subscribe x => SubscribeAsync(x.Body),
        CommandRequest.ChangePlan x => ChangePlanAsync(x.Body),
        CommandRequest.ApplyCoupon x => Services.Redemption.ApplyAsync(Redeemer, x.Code),
        _ => throw new InvalidOperationException($"{request.GetType().Name} is not known."),
    };

    private ValueTask<CommandResult> SubscribeAsync(SubscribeTermsBody body)
    {
        var terms = Services.Catalog.FindNewestTermsAsync(body.OfferId, CancellationToken);
        return terms.IsCompletedSuccessfully ? Subscribe(body, terms.Result) : Later(this, body, terms);

        static async ValueTask<CommandResult> Later(CommandCall call, SubscribeTermsBody body, ValueTask<OfferTerms?> terms) =>
            await call.Subscribe(body, await terms);
    }

    private ValueTask<CommandResult> Subscribe(SubscribeTermsBody body, OfferTerms? terms)
    {
        if (SubscribeRequest.Refuse(Caller, terms) is { } refusal) return new(new CommandResult.Refused(refusal));
        var command = SubscribeRequest.ToCommand(body, SubscriptionId, terms!);
        return body.Coupon is { } coupon ? Services.Redemption.SubscribeAsync(Redeemer, coupon, command) : ExecuteAsync(command);
    }

    private async ValueTask<CommandResult> ChangePlanAsync(ChangePlanBody body)
    {
        var (command, refusal) = await ChangePlanRequest.PrepareAsync(this, body);
        return refusal is not null ? new CommandResult.Refused(refusal) : await ExecuteAsync(command!);
    }
}
