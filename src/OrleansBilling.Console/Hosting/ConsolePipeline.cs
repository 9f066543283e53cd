using Microsoft.AspNetCore.Authentication;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Hosting;

/// <summary>The pages under /console, with a pipeline of their own, so that the routes of the API pay nothing for them.</summary>
public static class ConsolePipeline
{
    public const string Path = "/console";

    /// <summary>
    /// Pages run only scripts of this server, and stand in no other page. Styles in attributes are allowed, because charts place things
    /// by them.
    /// </summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'";

    public static void MapConsole(this WebApplication web)
    {
        ArgumentNullException.ThrowIfNull(web);

        // Made when it is needed: a process that serves only programs never compiles the pages.
        var pages = new Lazy<RequestDelegate>(() => Build(web));
        web.Map(Path, branch => branch.Run(http => pages.Value(http)));
    }

    private static RequestDelegate Build(WebApplication web)
    {
        var app = ((IEndpointRouteBuilder)web).CreateApplicationBuilder();
        app.Use(ProtectAsync);
        app.UseWhen(
            http => !Speaks(http.Request.Path),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAuthentication();
        app.Use(RequireSignInAsync);
        app.UseAntiforgery();
        app.UseEndpoints(routes =>
        {
            routes.MapAssets();
            routes.MapSignIn();
            routes.MapExports();
            routes.MapRazorComponents<App>()
                .AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        });
        return app.Build();
    }

    /// <summary>What is asked for by programs: for them a status is enough.</summary>
    private static bool Speaks(PathString path) =>
        path.StartsWithSegments("/_blazor") || AssetRoutes.Serves(path) || path.Value!.EndsWith(".csv", StringComparison.Ordinal);

    private static Task ProtectAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";

        // Without the slash, links of the pages would lead out of the console.
        if (http.Request.Path.HasValue) return next(http);
        http.Response.Redirect($"{http.Request.PathBase}/{http.Request.QueryString}");
        return Task.CompletedTask;
    }

    /// <summary>Nobody opens a page, or a connection for one, before signing in; what is needed to sign in is open.</summary>
    private static async Task RequireSignInAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path;
        if (SignedIn.Of(http.User) is not null || path.StartsWithSegments("/sign-in") || path.StartsWithSegments("/session") ||
            path.StartsWithSegments("/language") || AssetRoutes.Serves(path))
        {
            await next(http);
            return;
        }

        if (path.StartsWithSegments("/_blazor")) http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else await http.ChallengeAsync(SignInRoutes.Scheme);
    }
}
