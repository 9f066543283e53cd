using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Every answer has an id. A caller may choose it, within bounds.</summary>
public sealed class RequestIdTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Name = "Request-Id";

    [Theory]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/v1/subscriptions", 200)]
    [InlineData("POST", "/v1/commands", 200)]
    [InlineData("GET", "/v1/subscriptions?limit=0", 422)]
    [InlineData("GET", "/v1/subscriptions/nobody", 404)]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("DELETE", "/v1/subscriptions", 405)]
    [InlineData("POST", "/v1/products", 400)]
    public async Task Every_answer_has_an_id_of_its_own(string method, string path, int status)
    {
        var first = await AskAsync(method, path);
        var second = await AskAsync(method, path);
        Assert.Equal(status, first.Status);
        Assert.Matches("^req_[0-9a-z]{26}$", IdOf(first));
        Assert.NotEqual(IdOf(first), IdOf(second));
    }

    [Fact]
    public async Task A_refused_caller_gets_an_id_too() =>
        Assert.StartsWith("req_", IdOf((await shared.Gateway.As(null).GetAsync("/v1/clock")).Expect(401)), StringComparison.Ordinal);

    [Fact]
    public async Task The_id_that_a_caller_chose_comes_back()
    {
        var given = new string('a', 60) + ".-:_";
        Assert.Equal(given, IdOf(await AskAsync("GET", "/v1/subscriptions", given)));
        Assert.Equal(given, IdOf(await AskAsync("GET", "/v1/nothing", given)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a\"}{\"b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    [InlineData("one", "two")]
    public async Task An_id_that_could_do_harm_is_replaced(params string[] given) =>
        Assert.Matches("^req_[0-9a-z]{26}$", IdOf(await AskAsync("GET", "/v1/subscriptions", given)));

    private static string IdOf(Reply reply) => Assert.Single(reply.Headers.GetValues(Name));

    private async Task<Reply> AskAsync(string method, string path, params string[] given)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent("");
            request.Content.Headers.ContentType = new(path == "/v1/commands" ? "application/x-ndjson" : "application/json");
        }

        foreach (var id in given) request.Headers.TryAddWithoutValidation(Name, id);
        return await shared.Gateway.Admin.SendAsync(request);
    }
}
