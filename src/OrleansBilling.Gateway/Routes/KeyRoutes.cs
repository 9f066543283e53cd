using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>API keys for administrators and sellers, and short-lived tokens for customers. Secrets are shown once.</summary>
internal sealed class KeyRoutes(IApiKeyStore keys, Authenticator authenticator, Ids ids, Dice dice) : IRouteGroup
{
    private const string Tag = "Keys";
    private const int KeySecondsMax = 10 * 366 * 86_400;
    private const int TokenSecondsDefault = 3_600;
    private const int TokenSecondsMax = 86_400;

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/api-keys", Roles.Administrator, GatewayJson.Default.ApiKeyBody, CreateKeyAsync, ignoresKey: true)
            .Named("api_keys_create").Answers(201, typeof(ApiKeyDocument)).Describe(Tag, "Creates an API key and shows its secret once");
        api.Delete("/v1/api-keys/{id}", Roles.Administrator, RemoveKeyAsync)
            .Named("api_keys_remove").AnswersNothing()
            .Describe(Tag, "Removes a customer token, or an API key together with the customer tokens made with it");
        api.Post(
            "/v1/customer-tokens", Roles.SellerOrAdministrator, GatewayJson.Default.CustomerTokenBody, CreateTokenAsync, ignoresKey: true)
            .Named("customer_tokens_create").Answers(201, typeof(CustomerTokenDocument)).Describe(
                Tag, "Creates a short-lived token for a customer and shows it once",
                "The token becomes invalid when the API key that made it expires or is removed.");
    }

    private async ValueTask<IResult> CreateKeyAsync(ApiCall call, ApiKeyBody body)
    {
        var check = new Check();
        check.Id(body.SellerId, "seller_id");
        check.Range(body.ExpiresInSeconds, "expires_in_seconds", 1, KeySecondsMax);
        if (body.Role == ApiKeyRole.Seller && body.SellerId is null) check.Fail(ApiErrors.Required("seller_id"));
        if (body.Role == ApiKeyRole.Admin && body.SellerId is not null)
            check.Fail(new ApiError(422, "ambiguous", "seller_id is only allowed with the role seller.", "seller_id"));
        if (check.Error is { } error) return Answers.Problem(error);

        var caller = body.Role == ApiKeyRole.Admin ? Caller.Administrator : new Caller(Role.Seller, body.SellerId!);
        var secret = ApiSecret.New(dice, body.Role == ApiKeyRole.Admin ? "admin" : "seller");
        var key = await StoreAsync(call, secret, caller, body.ExpiresInSeconds, null)
            ?? throw new InvalidOperationException("A new key is already stored: the random numbers repeat.");
        var document = new ApiKeyDocument(key.Id, secret, body.Role, body.SellerId, key.CreatedAt, key.ExpiresAt);
        return Answers.Secret(StatusCodes.Status201Created, document, GatewayJson.Default.ApiKeyDocument);
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
        check.Range(body.ExpiresInSeconds, "expires_in_seconds", 1, TokenSecondsMax);
        if (check.Error is { } error) return Answers.Problem(error);

        var sellerId = call.Caller.Role == Role.Seller ? call.Caller.Id : null;
        var secret = ApiSecret.New(dice, "customer");
        var seconds = body.ExpiresInSeconds ?? TokenSecondsDefault;
        if (await StoreAsync(call, secret, new Caller(Role.Customer, body.CustomerId, sellerId), seconds, call.CallerKey) is not { } key)
            return Answers.Problem(ApiErrors.WrongKey);
        var document = new CustomerTokenDocument(key.Id, secret, body.CustomerId, sellerId, key.CreatedAt, key.ExpiresAt!.Value);
        return Answers.Secret(StatusCodes.Status201Created, document, GatewayJson.Default.CustomerTokenDocument);
    }

    /// <summary>Stores a key that expires no later than its maker. Returns null if the maker was removed in the meantime.</summary>
    private async ValueTask<ApiKey?> StoreAsync(ApiCall call, string secret, Caller caller, int? expiresInSeconds, ApiKey? maker)
    {
        var now = authenticator.Now;
        Instant? expiresAt = expiresInSeconds is { } seconds ? now + Duration.FromSeconds(seconds) : null;
        if (maker?.ExpiresAt is { } end && (expiresAt is null || expiresAt > end)) expiresAt = end;
        var key = new ApiKey(ids.New("key_"), KeyHash.Of(secret).ToString(), caller, now, expiresAt, maker?.Id);
        return await keys.AddAsync(key, call.Aborted) ? key : null;
    }
}
