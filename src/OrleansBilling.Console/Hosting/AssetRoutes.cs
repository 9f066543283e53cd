namespace OrleansBilling.Console.Hosting;

/// <summary>Serves the scripts and styles of the pages.</summary>
internal static class AssetRoutes
{
    private const string Folder = "/_assets";

    public static bool Serves(PathString path) => path.StartsWithSegments(Folder);

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Folder + "/{hash}/{name}", WriteAsync).ExcludeFromDescription();

    private static async Task WriteAsync(HttpContext http, string hash, string name, AssetShelf shelf)
    {
        if (shelf.Find($"{hash}/{name}") is not { } asset)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var packs = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var content = packs ? asset.Brotli : asset.Content;
        var response = http.Response;
        response.ContentType = asset.ContentType;
        response.ContentLength = content.Length;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        if (packs) response.Headers.ContentEncoding = "br";
        await response.Body.WriteAsync(content, http.RequestAborted);
    }
}
