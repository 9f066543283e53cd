using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Sign-in to the console. A session is a key of its own with a short life: it may do what the key may do that began it, and ends with
/// that key. A link is a key that opens nothing and is good for one session.
/// </summary>
internal sealed class ConsoleRoutes(IApiKeyStore keys, Authenticator authenticator, Ids ids, Dice dice, ConsolePlace place) : IRouteGroup
{
    private const string Tag = "Console";
    private const string Sessions = "/v1/console-sessions";

    private static readonly Duration LinkLifetime = Duration.FromMinutes(15);
    private static readonly Duration SessionLifetime = Duration.FromHours(12);

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/console-links", Roles.Administrator, GatewayJson.Default.ConsoleLinkBody, CreateLinkAsync)
            .Named("console_links_create").Answers(201, typeof(ConsoleLinkDocument)).Describe(
                Tag, "Makes a link that signs in to the console once, within 15 minutes",
                "The part after # is a secret that no server logs. The sessions of a link end when the key that made it is removed.");
        api.Post(Sessions, Roles.PartyOrAdministrator, GatewayJson.Default.EmptyBody, BeginAsync, new EmptyBody())
            .Named("console_sessions_create").Answers(201, typeof(ConsoleSessionDocument)).Describe(
                Tag, "Begins a session of the console",
                "Send an API key, or the code of a link, as Authorization: Bearer. A session lasts 12 hours, or as long as its key if " +
                "that is shorter, and has the role and the scopes of its key. No session begins another.");
        api.Delete(Sessions + "/current", Roles.PartyOrAdministrator, EndAsync)
            .Named("console_sessions_end").AnswersNothing()
            .Describe(Tag, "Ends the session whose token is sent", "An API key is no session: it is left as it is.");
        api.Delete(Sessions, Roles.PartyOrAdministrator, EndAllAsync)
            .Named("console_sessions_end_all").AnswersNothing()
            .Describe(Tag, "Ends all sessions of the same key or link", "Send the token of one of them, or the key itself.");
    }

    private async ValueTask<IResult> CreateLinkAsync(ApiCall call, ConsoleLinkBody body)
    {
        var check = new Check();
        check.Id(body.SellerId, "seller_id");
        check.Id(body.PartyId, "party_id");
        KeyHolder.Require(ref check, body.Role, body.SellerId, body.PartyId);
        if (check.Error is { } error) return Answers.Problem(error);

        var code = ApiSecret.New(dice, "link");
        var expiresAt = Earlier(authenticator.Now + LinkLifetime, call.CallerKey);
        var link = NewKey(code, KeyHolder.CallerOf(body.Role, body.SellerId, body.PartyId), expiresAt, MakerOf(call.CallerKey)) with
        {
            Kind = KeyKind.Link, Scopes = KeyScopes.SignIn,
        };

        // False if the maker was removed in the meantime.
        if (!await keys.AddAsync(link, call.Aborted)) return Answers.Problem(ApiErrors.WrongKey);
        var document = new ConsoleLinkDocument($"{place.Of(call.Http.Request)}/sign-in#{code}", expiresAt);
        return Answers.Secret(StatusCodes.Status201Created, document, GatewayJson.Default.ConsoleLinkDocument, location: null);
    }

    private async ValueTask<IResult> BeginAsync(ApiCall call, EmptyBody body)
    {
        var maker = call.CallerKey;
        if (maker?.Kind == KeyKind.Session) return Answers.Problem(ApiErrors.Forbidden);
        var isLink = maker?.Kind is KeyKind.Link or KeyKind.UsedLink;
        var source = !isLink ? maker : maker!.MadeBy is { } id ? await keys.FindByIdAsync(id, call.Aborted) : null;
        var latest = Earlier(authenticator.Now + SessionLifetime, source);
        if (isLink && !await keys.UseLinkAsync(maker!.Id, latest, call.Aborted)) return Answers.Problem(ApiErrors.WrongKey);

        var token = ApiSecret.New(dice, "session");
        var session = NewKey(token, call.Caller, latest, maker?.Id) with
        {
            Kind = KeyKind.Session, Scopes = isLink ? null : maker?.Scopes,
        };
        if (!await keys.AddAsync(session, call.Aborted)) return Answers.Problem(ApiErrors.WrongKey);
        var (role, sellerId, partyId) = KeyHolder.Of(call.Caller);
        var document = new ConsoleSessionDocument(token, role, sellerId, partyId, latest) { Scopes = ApiKeyScopes.Of(session.Scopes) };
        return Answers.Secret(StatusCodes.Status201Created, document, GatewayJson.Default.ConsoleSessionDocument, location: null);
    }

    private async ValueTask<IResult> EndAsync(ApiCall call)
    {
        if (call.CallerKey is not { Kind: KeyKind.Session } session) return Answers.NoContent;
        await keys.RemoveAsync(session.Id, call.Aborted);
        authenticator.Forget();
        return Answers.NoContent;
    }

    private async ValueTask<IResult> EndAllAsync(ApiCall call)
    {
        await keys.RemoveSessionsAsync(MakerOf(call.CallerKey), call.Aborted);
        authenticator.Forget();
        return Answers.NoContent;
    }

    /// <summary>Nothing lives longer than the key that it comes from.</summary>
    private static Instant Earlier(Instant end, ApiKey? source) => source?.ExpiresAt is { } at && at < end ? at : end;

    /// <summary>The key from which everything comes that is made with this one; null for the configured administrator.</summary>
    private static string? MakerOf(ApiKey? key) => key?.Kind == KeyKind.Session ? key.MadeBy : key?.Id;

    private ApiKey NewKey(string secret, Caller caller, Instant expiresAt, string? madeBy) =>
        new(ids.New("key_"), KeyHash.Of(secret).ToString(), caller, authenticator.Now, expiresAt, madeBy);
}
