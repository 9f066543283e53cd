using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Failures that no route handles.</summary>
public sealed class ErrorBoundaryTests
{
    private static readonly RequestIds Requests = new(new Ids(SystemClock.Instance, RandomNumberGenerator.Fill));

    [Fact]
    public async Task A_bug_is_answered_without_its_details()
    {
        var (http, problem) = await RunAsync(_ => throw new InvalidOperationException("the password is swordfish"));
        Assert.Equal(500, http.Response.StatusCode);
        Assert.StartsWith("req_", http.Response.Headers[RequestIds.Name].ToString(), StringComparison.Ordinal);
        Assert.Equal("internal_error", problem.GetProperty("code").GetString());
        Assert.DoesNotContain("swordfish", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_asks_for_a_repeat()
    {
        var (http, problem) = await RunAsync(_ => throw new JournalUnavailableException("The database does not answer."));
        Assert.Equal(503, http.Response.StatusCode);
        Assert.Equal("unavailable", problem.GetProperty("code").GetString());
        Assert.Equal("1", http.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_caller_that_went_away_gets_nothing()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var http = new DefaultHttpContext { RequestAborted = gone.Token };
        await new ErrorBoundary(Requests, NullLogger<ErrorBoundary>.Instance)
            .InvokeAsync(http, _ => throw new OperationCanceledException());
        Assert.Equal(200, http.Response.StatusCode);
    }

    private static async Task<(HttpContext Http, JsonElement Problem)> RunAsync(RequestDelegate next)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await new ErrorBoundary(Requests, NullLogger<ErrorBoundary>.Instance).InvokeAsync(http, next);
        await http.Response.BodyWriter.FlushAsync();
        return (http, JsonDocument.Parse(body.ToArray()).RootElement);
    }
}
