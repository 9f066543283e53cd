using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>Makes the answers of handlers.</summary>
internal static class Answers
{
    /// <param name="location">Where the created thing is; null if nothing was created.</param>
    /// <param name="version">The version of the shown thing; null if it has none.</param>
    public static IResult Json<T>(
        int status, T document, JsonTypeInfo<T> type, bool replayed = false, string? location = null, long? version = null) =>
        new JsonAnswer<T>(status, document, type, replayed, location, version);

    /// <summary>A document that contains a secret. No cache may store it.</summary>
    public static IResult Secret<T>(int status, T document, JsonTypeInfo<T> type, string? location, long? version = null) =>
        new SecretAnswer<T>(new JsonAnswer<T>(status, document, type, replayed: false, location, version));

    public static IResult Problem(ApiError error) => new ProblemAnswer(error);

    /// <summary>An error; without a good key, browsers ask for one.</summary>
    public static IResult Challenge(ApiError error) => new ProblemAnswer(error, "Basic realm=\"orleans-billing\", charset=\"UTF-8\"");

    public static IResult NoContent { get; } = new NoContentAnswer();

    /// <summary>Used when the handler has already written the response.</summary>
    public static IResult Streamed { get; } = new StreamedAnswer();
}

internal sealed class JsonAnswer<T>(int status, T document, JsonTypeInfo<T> type, bool replayed, string? location, long? version)
    : IResult, IRepeatable
{
    public RepeatableAnswer Repeatable => new(status, JsonResponse.ToBytes(document, type), IsSecret: false, location, Tag);

    private string? Tag => version is { } number ? VersionTag.Of(number) : null;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (replayed) response.Headers[IdempotencyHeader.ReplayedName] = "true";
        if (location is not null) response.Headers.Location = location;
        if (Tag is { } tag) response.Headers.ETag = tag;
        var contract = httpContext.Features.Get<CustomerAudience>() is null ? type : CustomerView.Of(type);
        return JsonResponse.WriteAsync(response, "application/json", document, contract, httpContext.RequestAborted);
    }
}

internal sealed class SecretAnswer<T>(JsonAnswer<T> answer) : IResult, IRepeatable
{
    public RepeatableAnswer Repeatable => answer.Repeatable with { IsSecret = true };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        return answer.ExecuteAsync(httpContext);
    }
}

/// <summary>An error as application/problem+json.</summary>
/// <param name="challenge">How to sign in; null with a bearer key.</param>
internal sealed class ProblemAnswer(ApiError error, string? challenge = null) : IResult
{
    public int Status => error.Status;

    public static ProblemDocument DocumentOf(ApiError error) =>
        new($"urn:orleans-billing:{error.Code}", error.Title, error.Status, error.Code, error.Detail)
        {
            Field = error.Field, Errors = FaultsOf(error),
        };

    /// <summary>What was checked as a whole lists all faults, and every 422 lists at least its own.</summary>
    private static FaultDocument[]? FaultsOf(ApiError error)
    {
        var faults = error.Faults ?? (error.Status == StatusCodes.Status422UnprocessableEntity ? [error] : null);
        return faults is null ? null : [.. faults.Select(fault => new FaultDocument(fault.Code, fault.Detail) { Field = fault.Field })];
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = error.Status;
        if (error.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (error.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = challenge ?? (error == ApiErrors.MissingKey
                ? "Bearer realm=\"orleans-billing\""
                : "Bearer realm=\"orleans-billing\", error=\"invalid_token\"");
        return JsonResponse.WriteAsync(
            response, "application/problem+json", DocumentOf(error), GatewayJson.Default.ProblemDocument, httpContext.RequestAborted);
    }
}

/// <summary>Status 204.</summary>
internal sealed class NoContentAnswer : IResult, IRepeatable
{
    public RepeatableAnswer Repeatable => new(StatusCodes.Status204NoContent, [], IsSecret: false, null, null);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}

/// <summary>Writes nothing.</summary>
internal sealed class StreamedAnswer : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask;
}
