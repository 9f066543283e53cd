using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Calls from the payment provider, with the keys of the charges. A repeated call changes nothing.</summary>
internal sealed class PaymentRoutes(CommandRunner commands, CommandAnswers answers) : IRouteGroup
{
    private const string Tag = "Payments";
    private const string CodeUnlessTold = "declined";

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/payments/confirm", Roles.Administrator, GatewayJson.Default.ConfirmPaymentBody, ConfirmAsync)
            .Named("payments_confirm").Answers(200, typeof(SubscriptionDocument))
            .Describe(Tag, "Reports how a charge ended: a voucher was paid or will not be");
        api.Post("/v1/payments/chargebacks", Roles.Administrator, GatewayJson.Default.ChargebackBody, ChargeBackAsync)
            .Named("payments_charge_back").Answers(200, typeof(SubscriptionDocument))
                .Describe(Tag, "Reports a chargeback by the customer's bank, or how its dispute ended");
    }

    private ValueTask<IResult> ConfirmAsync(ApiCall call, ConfirmPaymentBody body)
    {
        var check = new Check();
        var declined = body.Outcome == ConfirmedOutcome.Declined;
        check.Reason(body.Code, "code");
        check.Absent(!declined && body.Code is not null, "code", "outcome declined");
        check.Absent(!declined && body.Hard is not null, "hard", "outcome declined");
        if (check.Error is { } error) return new(Answers.Problem(error));

        PaymentOutcome outcome = declined
            ? new PaymentOutcome.Declined(body.Code ?? CodeUnlessTold, body.Hard ?? false)
            : new PaymentOutcome.Succeeded();
        return RunAsync(call, body.Key, (invoice, attempt) => new SubscriptionCommand.ConfirmPayment(invoice, attempt, outcome));
    }

    private ValueTask<IResult> ChargeBackAsync(ApiCall call, ChargebackBody body)
    {
        var check = new Check();
        check.Text(body.Reason, "reason", FieldLimits.ChargebackReasonCharactersMax);
        check.Range(body.Amount, "amount", 1, long.MaxValue);
        if (check.Error is { } error) return new(Answers.Problem(error));
        return RunAsync(call, body.Key, (invoice, attempt) => new SubscriptionCommand.RecordChargeback(invoice, attempt, body.Reason)
        {
            Amount = body.Amount, Outcome = body.Outcome ?? DisputeStatus.Open,
        });
    }

    private async ValueTask<IResult> RunAsync(ApiCall call, string key, Func<int, int, SubscriptionCommand> toCommand)
    {
        if (!PaymentKeys.TryReadCharge(key, out var charge) || !Ids.IsValid(charge.SubscriptionId)) return Answers.Problem(Unknown);
        var result = await commands.ExecuteAsync(
            CommandCall.Of(call, charge.SubscriptionId), toCommand(charge.Invoice, charge.Attempt));
        return result is CommandResult.Refused { Refusal.Kind: RefusalKind.NotFound }
            ? Answers.Problem(Unknown)
            : await answers.ShowAsync(call, result, StatusCodes.Status200OK);
    }

    /// <summary>The error is the same whichever part of the key is unknown.</summary>
    private static ApiError Unknown => ApiErrors.From(Refusal.PaymentNotFound with { Field = "key" });
}
