using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Coupons;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Turns requests into commands, adding the terms and coupons that they need, and runs them.</summary>
internal sealed class CommandRunner(
    IBillingRuntime runtime, CatalogCache catalog, CouponRedemption coupons, PlanChanges planChanges)
{
    public ValueTask<CommandResult> ExecuteAsync(in CommandCall call, SubscriptionCommand command) =>
        runtime.ExecuteAsync(call.SubscriptionId, call.Redeemer.ToEnvelope(command), call.CancellationToken);

    public ValueTask<CommandResult> RunAsync(in CommandCall call, CommandRequest request) => request switch
    {
        CommandRequest.Plain x => ExecuteAsync(call, x.Command),
        CommandRequest.Subscribe x => SubscribeAsync(call, x.Body),
        CommandRequest.ChangePlan x => ChangePlanAsync(call, x.Body),
        CommandRequest.ApplyCoupon x => coupons.ApplyAsync(call.Redeemer, x.Code),
        _ => throw new InvalidOperationException($"{request.GetType().Name} is not known."),
    };

    /// <summary>Runs a request on the subscription named in the path and shows the result.</summary>
    public async ValueTask<IResult> AnswerAsync(ApiCall call, CommandRequest request)
    {
        if (!Ids.IsValid(call.Id)) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        return CommandAnswers.Show(await RunAsync(CommandCall.Of(call, call.Id), request), StatusCodes.Status200OK);
    }

    private ValueTask<CommandResult> SubscribeAsync(in CommandCall call, SubscribeTermsBody body)
    {
        var newest = catalog.FindNewestAsync(body.OfferId, call.CancellationToken);
        return newest.IsCompletedSuccessfully ? Subscribe(call, body, newest.Result) : Later(this, call, body, newest);

        static async ValueTask<CommandResult> Later(
            CommandRunner runner, CommandCall call, SubscribeTermsBody body, ValueTask<NewestTerms?> newest) =>
            await runner.Subscribe(call, body, await newest);
    }

    private ValueTask<CommandResult> Subscribe(in CommandCall call, SubscribeTermsBody body, NewestTerms? newest)
    {
        if (SubscribeRequest.Refuse(call.Caller, newest?.Terms) is { } refusal) return new(new CommandResult.Refused(refusal));
        var command = SubscribeRequest.ToCommand(body, call.SubscriptionId, newest!);
        return body.Coupon is { } coupon ? coupons.SubscribeAsync(call.Redeemer, coupon, command) : ExecuteAsync(call, command);
    }

    private async ValueTask<CommandResult> ChangePlanAsync(CommandCall call, ChangePlanBody body)
    {
        var (command, refusal) = await planChanges.PrepareAsync(call, body);
        return refusal is not null ? new CommandResult.Refused(refusal) : await ExecuteAsync(call, command!);
    }
}
