using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using OrleansBilling.Client;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Sessions;

/// <summary>
/// The forms of the pages that set a cookie: signing in and out, and the language. They are ordinary posts, so they need no script. The
/// code of a link stands in the fragment of its address, which browsers do not send; a script puts it into the form.
/// </summary>
public static partial class SignInRoutes
{
    public const string Scheme = "console";
    public const string LanguageCookie = "ob-language";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        // Each handler checks the token of its form itself, to answer with a page that says what happened.
        var forms = routes.MapGroup("").DisableAntiforgery().ExcludeFromDescription();
        forms.MapPost("session", SignInAsync);
        forms.MapPost("session/end", SignOutAsync);
        forms.MapPost("session/end-everywhere", SignOutEverywhereAsync);
        forms.MapPost("language", SetLanguageAsync);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, [FromForm] string? secret, [FromForm] string? next, IAntiforgery forms, BillingApi api, SignInLimit limit,
        ILoggerFactory loggers)
    {
        if (!await forms.IsRequestValidAsync(http)) return Back(http, "stale");
        if (!limit.TryBegin(http.Connection.RemoteIpAddress)) return Back(http, "throttled");
        var trimmed = secret?.Trim() ?? "";
        if (trimmed.Length is 0 or > 512 || trimmed.Any(letter => letter is < '!' or > '~')) return Back(http, "wrong");
        try
        {
            var session = SignedIn.Of(await api.As(trimmed).ConsoleSessions.CreateAsync(cancellationToken: http.RequestAborted));
            await http.SignInAsync(
                Scheme, session.ToUser(Scheme), new AuthenticationProperties { IsPersistent = true, ExpiresUtc = session.ExpiresAt });
            return Results.LocalRedirect(Inside(http, next));
        }
        catch (BillingException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return Back(http, "wrong");
        }
        catch (Exception e) when (e is BillingException or HttpRequestException or TimeoutException)
        {
            LogUnavailable(loggers.CreateLogger(typeof(SignInRoutes)), e.Message);
            return Back(http, "unavailable");
        }
    }

    private static Task<IResult> SignOutAsync(HttpContext http, IAntiforgery forms, BillingApi api) =>
        EndAsync(http, forms, api, static client => client.ConsoleSessions.EndAsync());

    private static Task<IResult> SignOutEverywhereAsync(HttpContext http, IAntiforgery forms, BillingApi api) =>
        EndAsync(http, forms, api, static client => client.ConsoleSessions.EndAllAsync());

    private static async Task<IResult> EndAsync(HttpContext http, IAntiforgery forms, BillingApi api, Func<BillingClient, Task> end)
    {
        if (!await forms.IsRequestValidAsync(http)) return Back(http, "stale");
        var ended = true;
        if (SignedIn.Of(http.User) is { } session)
        {
            try
            {
                await end(api.As(session.Token));
            }
            catch (BillingException refused) when (refused.Status == HttpStatusCode.Unauthorized)
            {
                // It has ended already.
            }
            catch (Exception e) when (e is BillingException or HttpRequestException or TimeoutException)
            {
                // Without its cookie nobody has the token any more, and it ends by itself.
                ended = false;
            }
        }

        await http.SignOutAsync(Scheme);
        return Back(http, ended ? "out" : "out-here");
    }

    private static async Task<IResult> SetLanguageAsync(
        HttpContext http, [FromForm] string? tag, [FromForm] string? next, IAntiforgery forms)
    {
        if (await forms.IsRequestValidAsync(http) && Language.Find(tag) is { } language)
        {
            http.Response.Cookies.Append(LanguageCookie, language.Tag, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = http.Request.PathBase,
                MaxAge = TimeSpan.FromDays(365),
            });
        }

        return Results.LocalRedirect(Inside(http, next));
    }

    private static IResult Back(HttpContext http, string why) => Results.LocalRedirect($"{http.Request.PathBase}/sign-in?why={why}");

    /// <summary>A page of the console, whatever the form asks for.</summary>
    private static string Inside(HttpContext http, string? next)
    {
        var home = $"{http.Request.PathBase}/";
        if (string.IsNullOrEmpty(next)) return home;
        var inside = next.StartsWith(home, StringComparison.Ordinal) ? next : home + next.TrimStart('/');
        return inside.StartsWith("//", StringComparison.Ordinal) || inside.Contains('\\', StringComparison.Ordinal) ||
            inside.Any(letter => letter is < '!' or > '~') || inside.StartsWith(home + "sign-", StringComparison.Ordinal) ? home : inside;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The console cannot reach the API: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
