using Scalar.AspNetCore;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>
/// The API reference at /docs, for people: every operation with its words, limits and examples. It comes whole from this process and
/// asks no other host for anything.
/// </summary>
internal static class ApiReference
{
    public const string Path = "/docs";

    /// <summary>The page runs only its own scripts and asks only its own server. It makes its styles as it runs.</summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapApiReference(this IEndpointRouteBuilder endpoints) => endpoints
        .MapScalarApiReference(Path, options =>
        {
            options.Title = "Orleans Billing";
            options.OpenApiRoutePattern = ApiDescription.Path;
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.HideClientButton = true;
        })
        .AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
            return await next(context);
        })
        .ExcludeFromDescription();
}
