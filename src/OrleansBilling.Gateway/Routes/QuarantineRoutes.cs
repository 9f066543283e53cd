using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>For operators: list the subscriptions whose due work fails and, once the cause is fixed, release them.</summary>
internal sealed partial class QuarantineRoutes(IQuarantine quarantine, IJournal journal, ILogger<QuarantineRoutes> logger) : IRouteGroup
{
    private const string Tag = "Operation";

    public void Map(ApiRoutes api)
    {
        api.Get("/v1/quarantine", Roles.Administrator, ListAsync, PageParameters.Limit, PageParameters.Cursor)
            .Named("quarantine_list").Answers(200, typeof(QuarantinePage))
            .Describe(Tag, "Lists subscriptions whose due work fails, with the reason, ordered by id");
        api.Post(
            "/v1/quarantine/{id}/release", Roles.Administrator, GatewayJson.Default.EmptyBody, ReleaseAsync,
            SubscriptionCommandRoutes.Nothing)
            .Named("quarantine_release").Answers(200, typeof(ReleasedDocument))
                .Describe(Tag, "Retries a subscription's due work at once; if it fails again, the subscription returns to the quarantine");
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorId();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var found = await quarantine.ListAsync(after, limit + 1, call.Aborted);
        var next = found.Count > limit ? call.Query.NextCursor(found[limit - 1].SubscriptionId) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new QuarantinePage([.. found.Take(limit).Select(QuarantinedDocument.From)], next),
            GatewayJson.Default.QuarantinePage);
    }

    /// <summary>Releasing a subscription that is not in quarantine changes nothing, so a repeated call gets the same answer.</summary>
    private async ValueTask<IResult> ReleaseAsync(ApiCall call, EmptyBody body)
    {
        if (!Ids.IsValid(call.Id)) return Answers.Problem(ApiErrors.NotFound("subscription"));
        if (await quarantine.ReleaseAsync(call.Id, call.Aborted)) LogReleased(call.Id);
        else if (await journal.LoadAsync(call.Id, call.Aborted) is null) return Answers.Problem(ApiErrors.NotFound("subscription"));
        return Answers.Json(StatusCodes.Status200OK, new ReleasedDocument(call.Id), GatewayJson.Default.ReleasedDocument);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "An administrator released subscription {SubscriptionId} from quarantine; it is due again.")]
    private partial void LogReleased(string subscriptionId);
}
