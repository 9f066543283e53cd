using System.Text.Json;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Errors that the web server reports itself are problem+json like all others.</summary>
public sealed class BareErrorTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    public static TheoryData<int, string, string> Requests => new()
    {
        { 400, "malformed_request", "NONSENSE\r\n\r\n" },
        { 400, "malformed_request", "GET /health/live HTTP/1.1\r\n\r\n" },
        { 400, "malformed_request", "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" },
        { 400, "malformed_request", "GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n" },
        { 414, "uri_too_long", $"GET /{new string('a', 9_000)} HTTP/1.1\r\nHost: a\r\n\r\n" },
        { 431, "headers_too_large", $"GET /health/live HTTP/1.1\r\nHost: a\r\nX-Long: {new string('a', 20_000)}\r\n\r\n" },
        { 505, "http_version_not_supported", "GET /health/live HTTP/3.7\r\nHost: a\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_is_no_good_http_gets_a_problem(int status, string code, string request)
    {
        using var peer = await RawPeer.ConnectAsync(shared.Gateway.Address);
        await peer.SendAsync(request);
        var answer = await peer.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Content-Type-Options: nosniff\r\n", answer, StringComparison.Ordinal);
        Assert.Matches("\r\nRequest-Id: req_[0-9a-z]{26}\r\n", answer);
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Contains($"\r\nContent-Length: {body.Length}\r\n", answer, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal((status, code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Answers_before_a_bad_request_on_the_same_connection_stay_as_they_are()
    {
        using var peer = await RawPeer.ConnectAsync(shared.Gateway.Address);
        await peer.SendAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nNONSENSE\r\n\r\n");
        var answers = await peer.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answers, StringComparison.Ordinal);
        Assert.Contains("{\"status\":\"live\"}HTTP/1.1 400 Bad Request\r\n", answers, StringComparison.Ordinal);
        Assert.EndsWith("}", answers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}")]
    public void What_is_no_bare_error_is_left_alone(string written) =>
        Assert.Null(BareErrors.Answer(System.Text.Encoding.ASCII.GetBytes(written), new RequestIds(shared.Gateway.Port<Ids>())));
}
