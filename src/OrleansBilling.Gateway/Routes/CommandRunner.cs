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
    IBillingRuntime runtime, CatalogCache catalog, CouponRedemption coupons, PlanChanges planChanges, CustomerAdmission customers,
    CommandAnswers answers)
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
        return await answers.ShowAsync(call, await RunAsync(CommandCall.Of(call, call.Id), request), StatusCodes.Status200OK);
    }

    private async ValueTask<CommandResult> SubscribeAsync(CommandCall call, SubscribeTermsBody body)
    {
        var newest = await catalog.FindNewestAsync(body.OfferId, call.CancellationToken);
        if (SubscribeRequest.Refuse(call.Caller, newest?.Terms) is { } refusal) return new CommandResult.Refused(refusal);
        if (await customers.AdmitAsync(call, body.Customer) is not { } customer) return new CommandResult.Refused(Refusal.CustomerUnknown);
        var command = SubscribeRequest.ToCommand(body, call.SubscriptionId, newest!, customer);
        return body.Coupon is { } coupon
            ? await coupons.SubscribeAsync(call.Redeemer, coupon, command)
            : await ExecuteAsync(call, command);
    }

    private async ValueTask<CommandResult> ChangePlanAsync(CommandCall call, ChangePlanBody body)
    {
        var (command, refusal) = await planChanges.PrepareAsync(call, body);
        return refusal is not null ? new CommandResult.Refused(refusal) : await ExecuteAsync(call, command!);
    }
}
