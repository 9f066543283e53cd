namespace OrleansBilling.Gateway.Http;

/// <summary>A picture. A caller that has this version already gets 304.</summary>
internal sealed class ImageAnswer(ReadOnlyMemory<byte> content, string contentType, long version) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = VersionTag.Of(version);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";

        // What sellers upload is shown as a picture, or not at all.
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}
