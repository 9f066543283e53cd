using System.Net;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Limits;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Guards a page that administrators open in a browser. They sign in by HTTP Basic, with any user name and their API key as
/// password. Behind a balancer all callers have its address, so they share the limit on wrong keys.
/// </summary>
internal sealed class AdministratorPage(Authenticator keys, TimeProvider time)
{
    /// <summary>The wrong keys that one address may send within <see cref="Window"/>.</summary>
    public const int MissesMax = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int AddressesMax = 10_000;

    /// <summary>The page runs only its own scripts, asks only its own server, and stands in no other page.</summary>
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly ApiError MissingPassword = new(
        401, "unauthenticated", "Sign in with any user name and the API key of an administrator as password.");

    private static readonly ApiError TooMany = new(
        429, "too_many_sign_ins", "Too many wrong keys came from this address; try again in a minute.", null,
        RetryAfterSeconds: (int)Window.TotalSeconds);

    private readonly GuessLimit<IPAddress> guesses = new(MissesMax, Window, AddressesMax, time);

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (await RefuseAsync(http) is { } refusal) await Answers.Challenge(refusal).ExecuteAsync(http);
        else await next(http);
    }

    private async ValueTask<ApiError?> RefuseAsync(HttpContext http)
    {
        if (BasicPassword.Read(http.Request.Headers.Authorization) is not { } secret) return MissingPassword;
        var peer = PeerAddress.Of(http.Connection.RemoteIpAddress);
        if (!guesses.TryBegin(peer)) return TooMany;
        try
        {
            var found = await keys.FindAsync(secret, http.RequestAborted);
            if (found.Caller is null) return found.Error;
            guesses.TakeBack(peer);
            return found.MayReadAsAdministrator ? null : ApiErrors.Forbidden;
        }
        catch (JournalUnavailableException)
        {
            guesses.TakeBack(peer);
            throw;
        }
    }
}
