using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Shows what a change would cost, computed by the code that will bill it. A preview changes nothing, so an idempotency key
/// has no effect.
/// </summary>
internal sealed class PreviewRoutes(PlanChanges planChanges, InvoicePreviewer previewer) : IRouteGroup
{
    public void Map(ApiRoutes api)
    {
        var json = GatewayJson.Default;
        api.Post(
            SubscriptionCommandRoutes.Path("change-plan/preview"), Roles.Everyone, json.ChangePlanBody, ChangePlanAsync, ignoresKey: true)
            .Named("subscriptions_preview_plan_change").Answers(200, typeof(InvoicePreviewDocument))
                .Describe(SubscriptionCommandRoutes.Tag, "Shows the invoice that a plan change would create");
        api.Post(
            SubscriptionCommandRoutes.Path("billing-date/preview"), Roles.Everyone, json.BillingDateBody, BillingDateAsync,
            ignoresKey: true)
            .Named("subscriptions_preview_billing_date").Answers(200, typeof(InvoicePreviewDocument))
                .Describe(SubscriptionCommandRoutes.Tag, "Shows the next invoice if the billing date were moved");
        api.Get("/v1/subscriptions/{id}/upcoming-invoice", Roles.Everyone, UpcomingAsync)
            .Named("subscriptions_get_upcoming_invoice").Answers(200, typeof(InvoicePreviewDocument)).Describe(
                SubscriptionCommandRoutes.Tag, "Shows the next invoice as things stand",
                "With the usage, discounts, credit and changes that are known now. There is none for a subscription that ends or rests.");
    }

    private async ValueTask<IResult> ChangePlanAsync(ApiCall call, ChangePlanBody body)
    {
        var check = new Check();
        ChangePlanRequest.Check(ref check, body);
        if (check.Error is { } error) return Answers.Problem(error);
        if (!Ids.IsValid(call.Id)) return Answers.Problem(ApiErrors.From(Refusal.NotFound));
        var (command, refusal) = await planChanges.PrepareAsync(CommandCall.Of(call, call.Id), body);
        return refusal is null ? await PreviewAsync(call, command!) : Answers.Problem(ApiErrors.From(refusal));
    }

    private async ValueTask<IResult> BillingDateAsync(ApiCall call, BillingDateBody body)
    {
        var check = new Check();
        var request = CommandRequest.Read(ref check, body);
        if (check.Error is { } error) return Answers.Problem(error);
        return Ids.IsValid(call.Id)
            ? await PreviewAsync(call, ((CommandRequest.Plain)request).Command)
            : Answers.Problem(ApiErrors.From(Refusal.NotFound));
    }

    private async ValueTask<IResult> UpcomingAsync(ApiCall call) => Ids.IsValid(call.Id)
        ? await PreviewAsync(call, SubscriptionCommand.Wake.Instance)
        : Answers.Problem(ApiErrors.From(Refusal.NotFound));

    private async ValueTask<IResult> PreviewAsync(ApiCall call, SubscriptionCommand command)
    {
        var (view, preview) = await previewer.PreviewAsync(call.Id, command, call.Caller, call.Aborted);
        return preview.Refusal is { } refusal
            ? Answers.Problem(ApiErrors.From(refusal))
            : Answers.Json(
                StatusCodes.Status200OK, InvoicePreviewDocument.From(view!, preview), GatewayJson.Default.InvoicePreviewDocument);
    }
}
