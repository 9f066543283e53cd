using Microsoft.AspNetCore.WebUtilities;
using OrleansBilling.PaymentSimulator.Book;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>Answers every refusal and failure as problem+json with a <c>code</c>, and a <c>field</c> if one is at fault.</summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", CodeOf(context.HttpContext.Response.StatusCode)));

    /// <summary>Covers requests that no route answered: an unknown path, a wrong method, an unhandled exception.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    public static IResult Of(Refusal refusal) => new RefusalResult(refusal);

    private static string CodeOf(int status) => ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '_');

    private sealed class RefusalResult(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            // A full queue drains within a batch or two.
            if (refusal.Status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "1";
            var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code };
            if (refusal.Field is not null) extensions["field"] = refusal.Field;
            return TypedResults.Problem(refusal.Detail, statusCode: refusal.Status, extensions: extensions).ExecuteAsync(httpContext);
        }
    }
}
