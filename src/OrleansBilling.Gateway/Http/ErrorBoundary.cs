using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// The outermost layer. It gives each request its id, and turns every failure without an answer into a problem document that reveals
/// no internals.
/// </summary>
internal sealed partial class ErrorBoundary(RequestIds ids, ILogger<ErrorBoundary> logger)
{
    /// <summary>Tells browsers to take the declared content type and not to guess it from the content.</summary>
    private const string NoSniff = "nosniff";

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        ApiError? error;
        var id = ids.Of(http.Request);
        RequestScope.Id = id;
        SetHeaders(http.Response, id);
        try
        {
            await next(http);
            if (http.Response.StatusCode < 400 || http.Response.HasStarted || http.Response.ContentLength is not null) return;
            error = OfBareStatus(http.Response.StatusCode);
        }
        catch (JournalUnavailableException e)
        {
            error = ApiErrors.Unavailable(e.Message);
        }
        catch (StatisticsRebuildingException e)
        {
            error = ApiErrors.Rebuilding(e.Message);
        }
        catch (BadHttpRequestException e)
        {
            error = OfBadRequest(e);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The caller has disconnected, so no answer can be sent.
            return;
        }
        catch (Exception e)
        {
            LogFailed(e, http.Request.Method, http.Request.Path.Value ?? "");
            error = ApiErrors.Internal;
        }

        if (error is null) return;
        if (http.Response.HasStarted)
        {
            // The caller must not mistake a partial response for a complete one.
            http.Abort();
            return;
        }

        var allow = http.Response.Headers.Allow;
        http.Response.Clear();
        http.Response.Headers.Allow = allow;
        SetHeaders(http.Response, id);
        await Answers.Problem(error).ExecuteAsync(http);
    }

    private static void SetHeaders(HttpResponse response, string id)
    {
        response.Headers[RequestIds.Name] = id;
        response.Headers.XContentTypeOptions = NoSniff;
    }

    private static ApiError? OfBareStatus(int status) => status switch
    {
        404 => ApiErrors.NoSuchRoute,
        405 => ApiErrors.WrongMethod,
        _ => null,
    };

    private static ApiError OfBadRequest(BadHttpRequestException e) => e.StatusCode switch
    {
        413 => ApiErrors.BodyTooLarge,
        408 => new ApiError(408, "request_timeout", "The body arrived too slowly."),
        _ => new ApiError(400, "malformed_request", "The request is not well-formed HTTP."),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFailed(Exception exception, string method, string path);
}
