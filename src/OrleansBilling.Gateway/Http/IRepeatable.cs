namespace OrleansBilling.Gateway.Http;

/// <summary>An answer that can be given again to a repeated request.</summary>
internal interface IRepeatable
{
    RepeatableAnswer Repeatable { get; }
}

/// <summary>An answer as bytes.</summary>
/// <param name="Location">Where the created thing is; null if nothing was created.</param>
/// <param name="Tag">The version of the shown thing; null if it has none.</param>
internal sealed record RepeatableAnswer(int Status, byte[] Content, bool IsSecret, string? Location, string? Tag);

/// <summary>The answer that an earlier request with the same key got.</summary>
internal sealed class ReplayedAnswer(RepeatableAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.Headers[IdempotencyHeader.ReplayedName] = "true";
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer.Tag is { } tag) response.Headers.ETag = tag;
        if (answer.IsSecret) response.Headers.CacheControl = "no-store";
        if (answer.Content.Length == 0) return;
        response.ContentType = JsonBody.ContentType;
        response.ContentLength = answer.Content.Length;
        await response.BodyWriter.WriteAsync(answer.Content, httpContext.RequestAborted);
    }
}
