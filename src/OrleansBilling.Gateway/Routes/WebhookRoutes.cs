using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Addresses that events are sent to. A seller has its own; those without a seller get the events of all.</summary>
internal sealed class WebhookRoutes(
    IWebhookStore webhooks, IWebhookWire wire, CallersEndpoints callers, SecretBox secrets, Authenticator authenticator, Ids ids)
    : IRouteGroup
{
    private const string Tag = "Webhooks";
    private const int OverlapHoursDefault = 24;

    private static readonly ApiError NoMasterKey = new(
        409, "no_master_key", "This installation has no Billing__MasterKey, by which it would encrypt the secrets of endpoints.");

    private static readonly ApiError TooMany = new(
        409, "too_many_endpoints",
        FormattableString.Invariant($"A seller has at most {WebhookEndpoint.PerOwnerMax} endpoints, and the marketplace as many."));

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/webhook-endpoints", Roles.SellerOrAdministrator, GatewayJson.Default.WebhookEndpointBody, CreateAsync)
            .Named("webhook_endpoints_create").Answers(201, typeof(WebhookSecretDocument)).Describe(
                Tag, "Creates an endpoint and shows its secret once",
                "Events that happen from now on are sent to it as Standard Webhooks, those of one subscription in order, each until the " +
                "endpoint answers with a status from 200 to 299. It may get an event more than once, always with the same id.");
        api.Get(
                "/v1/webhook-endpoints", Roles.SellerOrAdministrator, ListAsync,
                QueryParameter.Ids("seller_id", "Only endpoints of these sellers. A seller gets its own without asking."),
                PageParameters.CreatedFrom, PageParameters.CreatedTo, PageParameters.Limit, PageParameters.Cursor)
            .Named("webhook_endpoints_list").Answers(200, typeof(WebhookEndpointPage)).Describe(Tag, "Lists endpoints, ordered by id");
        api.Get("/v1/webhook-endpoints/{id}", Roles.SellerOrAdministrator, GetAsync)
            .Named("webhook_endpoints_get").Answers(200, typeof(WebhookEndpointDocument)).Describe(Tag, "Shows an endpoint");
        api.Patch("/v1/webhook-endpoints/{id}", Roles.SellerOrAdministrator, GatewayJson.Default.WebhookEndpointPatchBody, PatchAsync)
            .Named("webhook_endpoints_update").Answers(200, typeof(WebhookEndpointDocument)).Describe(
                Tag, "Changes, disables or enables an endpoint", "What happens while it is disabled waits and is sent afterwards.");
        api.Delete("/v1/webhook-endpoints/{id}", Roles.SellerOrAdministrator, RemoveAsync)
            .Named("webhook_endpoints_remove").AnswersNothing()
            .Describe(Tag, "Removes an endpoint; what waits for it is not sent");
        api.Post(
                "/v1/webhook-endpoints/{id}/rotate-secret", Roles.SellerOrAdministrator, GatewayJson.Default.RotateSecretBody, RotateAsync,
                new RotateSecretBody())
            .Named("webhook_endpoints_rotate_secret").Answers(200, typeof(WebhookSecretDocument))
            .Describe(
                Tag, "Replaces the secret and shows the new one once",
                "For some hours, both sign each event. Meanwhile it is replaced again only with overlap_hours 0, which ends all earlier " +
                "secrets at once.");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, WebhookEndpointBody body)
    {
        var check = Validate(body);
        var sellerId = CallerScope.SellerId(call, body.SellerId);
        if ((check.Error ?? call.Query.Error) is { } error) return Answers.Problem(error);
        if (!secrets.CanKeep) return Answers.Problem(NoMasterKey);

        var now = authenticator.Now;
        var id = body.Id ?? ids.New("hook_", call.Tenant, call.Key);
        var secret = wire.NewSecret();
        var bare = new WebhookEndpoint(id, sellerId, now) { Url = body.Url, Secrets = new WebhookSecrets(wire.Seal(id, secret)) };
        var endpoint = With(bare, body, now);
        var added = await webhooks.AddAsync(endpoint, call.Aborted);
        if (added == WebhookAddition.TooMany) return Answers.Problem(TooMany);
        long? version = added == WebhookAddition.Exists ? await TakeOwnTryAsync(call, endpoint) : endpoint.Version;
        if (version is null) return Answers.Problem(ApiErrors.Exists("webhook_endpoint"));
        return Answers.Secret(
            StatusCodes.Status201Created, WebhookSecretDocument.From(endpoint, secret), GatewayJson.Default.WebhookSecretDocument,
            $"/v1/webhook-endpoints/{id}", version);
    }

    /// <summary>
    /// If the endpoint was made by a try of this request that died before it answered, nobody knows its secret, so it gets the new one.
    /// Returns its version then; null if somebody else made it.
    /// </summary>
    private async ValueTask<long?> TakeOwnTryAsync(ApiCall call, WebhookEndpoint wanted)
    {
        if (call.ClaimedAt is not { } claimedAt || await webhooks.FindAsync(wanted.Id, call.Aborted) is not { } found) return null;
        return found.CreatedAt >= claimedAt && found.Url == wanted.Url && found.SellerId == wanted.SellerId &&
            await webhooks.ChangeAsync(found with { Secrets = wanted.Secrets }, call.Aborted)
            ? found.Version + 1
            : null;
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var (from, to) = call.Query.Created();
        var filter = new WebhookEndpointFilter
        {
            SellerIds = CallerScope.SellerIds(call, call.Query.Ids("seller_id")), Created = new InstantRange(from, to),
        };
        var after = call.Query.CursorId();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var found = await webhooks.ListAsync(filter, after, limit + 1, call.Aborted);
        var next = found.Count > limit ? call.Query.NextCursor(found[limit - 1].Id) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new WebhookEndpointPage([.. found.Take(limit).Select(WebhookEndpointDocument.From)], next),
            GatewayJson.Default.WebhookEndpointPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await callers.FindAsync(call) is { } endpoint ? Show(endpoint) : Answers.Problem(CallersEndpoints.NotFound);

    private async ValueTask<IResult> PatchAsync(ApiCall call, WebhookEndpointPatchBody body)
    {
        if (await callers.FindAsync(call) is not { } endpoint) return Answers.Problem(CallersEndpoints.NotFound);
        var patched = MergePatch.Apply(PresentOf(endpoint), call.Patch, GatewayJson.Default.WebhookEndpointBody, ["id", "seller_id"]);
        if ((patched.Malformed ?? Validate(patched.Body!).Error ?? patched.Changes) is { } error) return Answers.Problem(error);
        var changed = With(endpoint, patched.Body!, authenticator.Now);
        if (!call.Expects(endpoint.Version) || !await webhooks.ChangeAsync(changed, call.Aborted))
            return Answers.Problem(CallersEndpoints.Outdated);
        return Show(changed with { Version = changed.Version + 1 });
    }

    private async ValueTask<IResult> RemoveAsync(ApiCall call)
    {
        if (await callers.FindAsync(call) is not { } endpoint) return Answers.Problem(CallersEndpoints.NotFound);
        if (!call.Expects(endpoint.Version)) return Answers.Problem(CallersEndpoints.Outdated);
        return await webhooks.RemoveAsync(call.Id, call.Aborted) ? Answers.NoContent : Answers.Problem(CallersEndpoints.NotFound);
    }

    private async ValueTask<IResult> RotateAsync(ApiCall call, RotateSecretBody body)
    {
        var check = new Check();
        check.Range(body.OverlapHours, "overlap_hours", 0, FieldLimits.SecretOverlapHoursMax);
        if (check.Error is { } error) return Answers.Problem(error);
        if (await callers.FindAsync(call) is not { } endpoint) return Answers.Problem(CallersEndpoints.NotFound);
        var overlap = Duration.FromHours(body.OverlapHours ?? OverlapHoursDefault);
        if (!call.Expects(endpoint.Version) && !IsOwnTry(call, endpoint.Secrets, overlap))
            return Answers.Problem(CallersEndpoints.Outdated);
        if (!secrets.CanKeep) return Answers.Problem(NoMasterKey);
        if (Rotate(call, endpoint, overlap) is not { } rotated)
            return Answers.Problem(Overlapping(endpoint.Secrets.PastUntil!.Value));
        var secret = wire.NewSecret();
        var changed = endpoint with { Secrets = rotated with { Present = wire.Seal(endpoint.Id, secret) } };
        return await webhooks.ChangeAsync(changed, call.Aborted)
            ? Answers.Secret(
                StatusCodes.Status200OK, WebhookSecretDocument.From(changed, secret), GatewayJson.Default.WebhookSecretDocument, null,
                changed.Version + 1)
            : Answers.Problem(CallersEndpoints.Outdated);
    }

    /// <summary>
    /// The secrets after a rotation, the present one still to be replaced; null while an earlier one must sign for some hours more: to
    /// forget it would break what its rotation promised. A try of this request that died before it answered left a secret that nobody
    /// knows; it is replaced, and the one before keeps its time.
    /// </summary>
    private WebhookSecrets? Rotate(ApiCall call, WebhookEndpoint endpoint, Duration overlap)
    {
        var (secrets, now) = (endpoint.Secrets, authenticator.Now);
        if (overlap == Duration.Zero) return new WebhookSecrets(secrets.Present);
        if (secrets.PastUntil is not { } until || until <= now) return new WebhookSecrets(secrets.Present, secrets.Present, now + overlap);
        return IsOwnTry(call, secrets, overlap) ? secrets : null;
    }

    /// <summary>Whether the last rotation was made by a try of this request that died before it answered.</summary>
    private static bool IsOwnTry(ApiCall call, WebhookSecrets secrets, Duration overlap) =>
        call.ClaimedAt is { } claimedAt && secrets.PastUntil is { } until && until - overlap >= claimedAt;

    private static ApiError Overlapping(Instant until) => new(
        409, "secret_overlap_running",
        $"The secret of before signs until {InstantPattern.ExtendedIso.Format(until)}. Rotate afterwards, or with overlap_hours 0, which " +
        "ends it at once.");

    private Check Validate(WebhookEndpointBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.SellerId, "seller_id");
        check.Text(body.Description, "description", FieldLimits.NameCharactersMax);
        CallersEndpoints.CheckTypes(ref check, body.Types);
        if (check.Text(body.Url, "url", FieldLimits.UrlCharactersMax) && wire.FindFault(body.Url) is { } fault)
            check.Fail(new ApiError(422, "invalid_url", $"url cannot be used. {fault}", "url"));
        return check;
    }

    private static WebhookEndpoint With(WebhookEndpoint endpoint, WebhookEndpointBody body, Instant now)
    {
        var isEnabled = body.Enabled ?? true;
        return endpoint with
        {
            Url = body.Url,
            Types = body.Types?.ToFrozenSet(),
            Description = body.Description,
            Disabled = isEnabled ? null : endpoint.Disabled ?? DisabledBecause.Asked,
            DisabledAt = isEnabled ? null : endpoint.DisabledAt ?? now,
        };
    }

    /// <summary>The endpoint in the fields that make one.</summary>
    private static JsonObject PresentOf(WebhookEndpoint endpoint) =>
        JsonSerializer.SerializeToNode(
            new WebhookEndpointBody
            {
                Id = endpoint.Id, Url = endpoint.Url, Types = WebhookEndpointDocument.ListOf(endpoint.Types), SellerId = endpoint.SellerId,
                Description = endpoint.Description, Enabled = endpoint.Disabled is null,
            },
            GatewayJson.Default.WebhookEndpointBody)!.AsObject();

    private static IResult Show(WebhookEndpoint endpoint) => Answers.Json(
        StatusCodes.Status200OK, WebhookEndpointDocument.From(endpoint), GatewayJson.Default.WebhookEndpointDocument,
        version: endpoint.Version);
}
