using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>Bulk commands: one line in, one line out, streamed in both directions at once.</summary>
internal sealed class BulkRoutes(
    CommandRunner commands, Ids ids, StreamSlots slots, EdgeLimits limits, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<BulkAnswerWriter> logger) : IRouteGroup
{
    public void Map(ApiRoutes api) =>
        api.PostStream("/v1/commands", Roles.Everyone, RunAsync).Named("commands_run")
            .TakesLines(
                BulkStream.ContentType,
                new("subscribe", typeof(SubscribeBody), Starts: true), new("cancel", typeof(CancelBody)),
                new("uncancel", typeof(EmptyBody)), new("reactivate", typeof(ReactivateBody)), new("retry", typeof(EmptyBody)),
                new("end_trial", typeof(EmptyBody)), new("extend_trial", typeof(ExtendTrialBody)),
                new("payment_method", typeof(ChangePaymentMethodBody)), new("change_plan", typeof(ChangePlanBody)),
                new("undo_plan_change", typeof(EmptyBody)), new("pause", typeof(PauseBody)), new("resume", typeof(EmptyBody)),
                new("billing_date", typeof(BillingDateBody)), new("metadata", typeof(SubscriptionPatchBody)),
                new("apply_coupon", typeof(ApplyCouponBody)),
                new("give", typeof(GiveBody)), new("usage", typeof(UsageBody)))
            .Answers(200, typeof(BulkAnswerDocument), BulkStream.ContentType)
            .Describe("Subscriptions", "Runs one command per line and answers with one line each, in order; read answers while you send");

    private static readonly ApiError TooMany = new(
        429, "too_many_streams", "This caller has too many open streams. Close one, or send more lines over fewer streams.", null,
        RetryAfterSeconds: 1);

    private async ValueTask<IResult> RunAsync(ApiCall call)
    {
        if (!IsLines(call.Http.Request)) return Answers.Problem(ApiErrors.MediaType(BulkStream.ContentType));
        using var slot = slots.Take(call.Caller);
        if (!slot.IsAcquired) return Answers.Problem(TooMany);
        LiftLimits(call.Http.Features);
        var dispatcher = new BulkDispatcher(call, commands, ids);
        await new BulkStream(call, dispatcher, limits.StreamIdle, time, logger, lifetime.ApplicationStopping).RunAsync();
        return Answers.Streamed;
    }

    private static bool IsLines(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0 &&
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) &&
        type.MediaType.Equals(BulkStream.ContentType, StringComparison.OrdinalIgnoreCase) &&
        (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>A stream has no length and may pause, so size and data rate limits do not apply.</summary>
    private static void LiftLimits(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate) requestRate.MinDataRate = null;
        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate) responseRate.MinDataRate = null;
    }
}
