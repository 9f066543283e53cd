using System.Net;
using System.Text;

namespace OrleansBilling.Client.Tests;

/// <summary>Answers each request with the next of its answers, and remembers what it was asked.</summary>
internal sealed class FaultyHandler(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> left = new(answers);

    /// <summary>Requests so far, with their idempotency keys.</summary>
    public List<(HttpMethod Method, string? Key)> Asked { get; } = [];

    public static HttpResponseMessage Good() =>
        Json(HttpStatusCode.OK, "application/json", """{"id":"s","version":3,"status":"active"}""");

    public static HttpResponseMessage Lost() => throw new HttpRequestException(HttpRequestError.ConnectionError, "reset");

    public static HttpResponseMessage Problem(int status, string code, int? retryAfter = null)
    {
        var problem = Json(
            (HttpStatusCode)status, "application/problem+json", $$"""{"status":{{status}},"code":"{{code}}","detail":"no"}""");
        if (retryAfter is { } seconds) problem.Headers.Add("Retry-After", $"{seconds}");
        return problem;
    }

    public static HttpResponseMessage Json(HttpStatusCode status, string type, string text) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, type) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add((request.Method, request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));
        return Task.FromResult(left.Dequeue()());
    }
}
