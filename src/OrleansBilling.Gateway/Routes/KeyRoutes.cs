using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>API keys for administrators, sellers and partners, and short-lived tokens for customers. Secrets are shown once.</summary>
internal sealed class KeyRoutes(IApiKeyStore keys, Authenticator authenticator, Ids ids, Dice dice) : IRouteGroup
{
    private const string Tag = "Keys";
    private const int TokenSecondsDefault = 3_600;

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/api-keys", Roles.Administrator, GatewayJson.Default.ApiKeyBody, CreateKeyAsync)
            .Named("api_keys_create").Answers(201, typeof(ApiKeyDocument)).Describe(Tag, "Creates an API key and shows its secret once");
        api.Get(
                "/v1/api-keys", Roles.Administrator, ListAsync,
                new QueryParameter(
                    "role", "string", "Only of these roles, separated by commas: " + string.Join(", ", EnumNames<ApiKeyRole>.Names) + "."),
                QueryParameter.Ids("seller_id", "Only keys of these sellers."),
                QueryParameter.Ids("party_id", "Only keys of these parties."),
                PageParameters.CreatedFrom, PageParameters.CreatedTo, PageParameters.Limit, PageParameters.Cursor)
            .Named("api_keys_list").Answers(200, typeof(ApiKeyPage))
            .Describe(Tag, "Lists API keys without their secrets, ordered by id");
        api.Get("/v1/api-keys/{id}", Roles.Administrator, GetAsync)
            .Named("api_keys_get").Answers(200, typeof(ListedApiKeyDocument))
            .Describe(Tag, "Shows an API key or a customer token without its secret");
        api.Delete("/v1/api-keys/{id}", Roles.Administrator, RemoveKeyAsync)
            .Named("api_keys_remove").AnswersNothing()
            .Describe(Tag, "Removes a customer token, or an API key together with the customer tokens made with it");
        api.Post("/v1/customer-tokens", Roles.SellerOrAdministrator, GatewayJson.Default.CustomerTokenBody, CreateTokenAsync)
            .Named("customer_tokens_create").Answers(201, typeof(CustomerTokenDocument)).Describe(
                Tag, "Creates a short-lived token for a customer and shows it once",
                "The token becomes invalid when the API key that made it expires or is removed. It is limited to the scopes of that key.");
    }

    private async ValueTask<IResult> CreateKeyAsync(ApiCall call, ApiKeyBody body)
    {
        var check = new Check();
        check.Id(body.SellerId, "seller_id");
        check.Id(body.PartyId, "party_id");
        check.Range(body.ExpiresInSeconds, "expires_in_seconds", 1, FieldLimits.KeySecondsMax);
        KeyHolder.Require(ref check, body.Role, body.SellerId, body.PartyId);
        check.Text(body.Name, "name", FieldLimits.NameCharactersMax);

        // An empty list is refused: it could be meant as nothing or as everything.
        check.Names(body.Scopes, "scopes", 1, FieldLimits.KeyScopesMax);
        CheckExpiry(ref check, body);
        if (check.Error is { } error) return Answers.Problem(error);

        var caller = KeyHolder.CallerOf(body.Role, body.SellerId, body.PartyId);
        var secret = ApiSecret.New(dice, EnumNames<ApiKeyRole>.NameOf(body.Role));
        var wanted = NewKey(call, secret, caller) with { Name = body.Name, Scopes = ApiKeyScopes.Of(body.Scopes) };
        var key = wanted with { ExpiresAt = InMilliseconds(body.ExpiresAt) ?? Later(wanted.CreatedAt, body.ExpiresInSeconds) };
        if (!await AddAsync(call, key))
            throw new InvalidOperationException("A new key is already stored: the random numbers repeat.");
        var document = new ApiKeyDocument(
            key.Id, secret, body.Role, body.SellerId, body.PartyId, key.CreatedAt, key.ExpiresAt)
        {
            Name = key.Name, Scopes = ApiKeyScopes.Of(key.Scopes),
        };
        return Answers.Secret(StatusCodes.Status201Created, document, GatewayJson.Default.ApiKeyDocument, $"/v1/api-keys/{key.Id}");
    }

    private async ValueTask<IResult> RemoveKeyAsync(ApiCall call)
    {
        if (!Ids.IsValid(call.Id) || !await keys.RemoveAsync(call.Id, call.Aborted))
            return Answers.Problem(ApiErrors.NotFound("key"));
        authenticator.Forget();
        return Answers.NoContent;
    }

    private async ValueTask<IResult> CreateTokenAsync(ApiCall call, CustomerTokenBody body)
    {
        var check = new Check();
        check.Id(body.CustomerId, "customer_id");
        check.Range(body.ExpiresInSeconds, "expires_in_seconds", 1, FieldLimits.TokenSecondsMax);
        if (check.Error is { } error) return Answers.Problem(error);

        var sellerId = call.Caller.Role == Role.Seller ? call.Caller.Id : null;
        var secret = ApiSecret.New(dice, "customer");
        var seconds = body.ExpiresInSeconds ?? TokenSecondsDefault;
        var maker = call.CallerKey;
        var wanted = NewKey(call, secret, new Caller(Role.Customer, body.CustomerId, sellerId));
        var expiresAt = Later(wanted.CreatedAt, seconds);
        var key = wanted with
        {
            ExpiresAt = maker?.ExpiresAt < expiresAt ? maker.ExpiresAt : expiresAt, MadeBy = maker?.Id, Scopes = maker?.Scopes,
        };

        // False if the maker was removed in the meantime.
        if (!await AddAsync(call, key)) return Answers.Problem(ApiErrors.WrongKey);
        var document = new CustomerTokenDocument(key.Id, secret, body.CustomerId, sellerId, key.CreatedAt, key.ExpiresAt!.Value);
        return Answers.Secret(StatusCodes.Status201Created, document, GatewayJson.Default.CustomerTokenDocument, $"/v1/api-keys/{key.Id}");
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var limit = call.Query.Limit();
        var (from, to) = call.Query.Created();
        var filter = new ApiKeyFilter
        {
            Roles = [.. (call.Query.EnumList<ApiKeyRole>("role") ?? []).Select(RoleOf)],
            SellerIds = call.Query.Ids("seller_id"),
            PartyIds = call.Query.Ids("party_id"),
            Created = new InstantRange(from, to),
        };
        var after = call.Query.CursorId();
        if (call.Query.Error is { } error) return Answers.Problem(error);
        var found = await keys.ListAsync(filter, after, limit + 1, call.Aborted);
        var next = found.Count > limit ? call.Query.NextCursor(found[limit - 1].Id) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new ApiKeyPage([.. found.Take(limit).Select(ListedApiKeyDocument.From)], next),
            GatewayJson.Default.ApiKeyPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        Ids.IsValid(call.Id) && await keys.FindByIdAsync(call.Id, call.Aborted) is { } key
            ? Answers.Json(StatusCodes.Status200OK, ListedApiKeyDocument.From(key), GatewayJson.Default.ListedApiKeyDocument)
            : Answers.Problem(ApiErrors.NotFound("key"));

    private static Role RoleOf(ApiKeyRole role) => role switch
    {
        ApiKeyRole.Admin => Role.Administrator,
        ApiKeyRole.Seller => Role.Seller,
        ApiKeyRole.Partner => Role.Partner,
        _ => throw new InvalidOperationException($"{role} is not known."),
    };

    private void CheckExpiry(ref Check check, ApiKeyBody body)
    {
        if (body.ExpiresAt is not { } at) return;
        check.Absent(body.ExpiresInSeconds is not null, "expires_at", "no expires_in_seconds");
        var now = authenticator.Now;
        if (at <= now || at > now + Duration.FromSeconds(FieldLimits.KeySecondsMax))
            check.Fail(new ApiError(422, "out_of_range", "expires_at must be in the future, within ten years.", "expires_at"));
    }

    private ApiKey NewKey(ApiCall call, string secret, Caller caller) =>
        new(IdOf(call), KeyHash.Of(secret).ToString(), caller, authenticator.Now, null);

    /// <summary>
    /// Whoever repeats a request within its day finds the key that it made. A day later the same idempotency key is another request.
    /// </summary>
    private string IdOf(ApiCall call) => ids.New(
        "key_", call.Tenant, call.ClaimedAt is { } at ? $"{call.Key}\n{call.CallerKey?.Id}\n{at.ToUnixTimeTicks()}" : null);

    /// <summary>
    /// A key of this request that is stored already was made by a try that died before it answered. Nobody knows its secret, so it is
    /// replaced.
    /// </summary>
    private async ValueTask<bool> AddAsync(ApiCall call, ApiKey key)
    {
        if (await keys.AddAsync(key, call.Aborted)) return true;
        return call.ClaimedAt is not null && await keys.RemoveAsync(key.Id, call.Aborted) && await keys.AddAsync(key, call.Aborted);
    }

    private static Instant? InMilliseconds(Instant? at) =>
        at is { } exact ? Instant.FromUnixTimeMilliseconds(exact.ToUnixTimeMilliseconds()) : null;

    private static Instant? Later(Instant now, int? seconds) => seconds is { } span ? now + Duration.FromSeconds(span) : null;
}
