using System.Text.Json.Nodes;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Which requests the balancer may retry by itself, and which it must leave to the caller.</summary>
public sealed class RepetitionTests
{
    [NeedsTheory(["haproxy"])]
    [InlineData("GET", "/v1/subscriptions/s1", null)]
    [InlineData("GET", "/v1/statistics/summary", null)]
    [InlineData("POST", "/v1/subscriptions/s1/cancel", "key-1")]
    [InlineData("POST", "/v1/subscriptions", "key-1")]
    public async Task What_may_be_repeated_is_asked_of_the_other_server_when_the_first_dies_with_it(string method, string path, string? key)
    {
        await using var pair = await FakePair.StartAsync();
        await KillWhoeverIsAskedFirstAsync(pair, method, path, key, expectedStatus: 200);

        Assert.Equal([$"{method} {path}"], pair.First.Requests);
        Assert.Equal([$"{method} {path}"], pair.Second.Requests);
    }

    [NeedsTheory(["haproxy"])]
    [InlineData("POST", "/v1/subscriptions/s1/cancel", null)]
    [InlineData("POST", "/v1/subscriptions", null)]
    [InlineData("POST", "/v1/products", "key-1")]
    [InlineData("POST", "/v1/api-keys", "key-1")]
    [InlineData("POST", "/v1/commands", "key-1")]
    public async Task What_may_have_taken_effect_is_not_repeated_and_the_caller_is_told_so(string method, string path, string? key)
    {
        await using var pair = await FakePair.StartAsync();
        var body = await KillWhoeverIsAskedFirstAsync(pair, method, path, key, expectedStatus: 502);

        Assert.Single(pair.First.Requests.Concat(pair.Second.Requests));
        var problem = JsonNode.Parse(body)!;
        Assert.Equal(("unavailable", 502), (problem["code"]!.GetValue<string>(), problem["status"]!.GetValue<int>()));
    }

    [NeedsTheory(["haproxy"])]
    [InlineData("POST", "/v1/subscriptions/s1/cancel", null)]
    [InlineData("POST", "/v1/products", null)]
    [InlineData("POST", "/v1/commands", null)]
    public async Task A_server_that_refuses_the_connection_got_nothing_so_that_the_other_is_asked(string method, string path, string? key)
    {
        await using var pair = await FakePair.StartAsync();
        await pair.First.DisposeAsync();

        for (var n = 0; n < 4; n++) Assert.Equal((200, "server-2"), await StatusAndServerAsync(pair, method, path, key));
    }

    [NeedsFact(["haproxy"])]
    public async Task An_answer_is_never_repeated_not_even_503()
    {
        await using var pair = await FakePair.StartAsync();
        pair.First.Behaviour = pair.Second.Behaviour = FakeServer.Answer(503);

        Assert.Equal(503, (await pair.SendAsync("POST", "/v1/subscriptions/s1/cancel", "key-1")).Status);

        Assert.Single(pair.First.Requests.Concat(pair.Second.Requests));
    }

    [NeedsFact(["haproxy"])]
    public async Task With_no_server_left_the_answer_is_a_problem_document()
    {
        await using var pair = await FakePair.StartAsync();
        await pair.First.DisposeAsync();
        await pair.Second.DisposeAsync();

        var (status, server, body) = await pair.SendAsync("POST", "/v1/subscriptions/s1/cancel", "key-1");

        Assert.Equal((503, null), (status, server));
        Assert.Equal("unavailable", JsonNode.Parse(body)!["code"]!.GetValue<string>());
    }

    [NeedsFact(["haproxy"])]
    public async Task The_log_names_no_query_and_no_header()
    {
        await using var pair = await FakePair.StartAsync();
        pair.First.Behaviour = pair.Second.Behaviour = FakeServer.Answer(500);

        await pair.SendAsync("POST", "/v1/subscriptions/s1/cancel?customer=bob", "secret-key");

        await Eventually.HoldsAsync(what: "the line is logged", condition: () => LogLines(pair).Any());
        var line = JsonNode.Parse(LogLines(pair).Single())!;
        Assert.Equal("POST /v1/subscriptions/s1/cancel 500", $"{line["method"]} {line["path"]} {line["status"]}");
        Assert.DoesNotContain("bob", pair.Balancer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", pair.Balancer.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> LogLines(FakePair pair) => pair.Balancer.Output.Split('\n').Where(line => line.StartsWith('{'));

    /// <summary>The server that gets the first request dies with it; the other one answers.</summary>
    private static async Task<string> KillWhoeverIsAskedFirstAsync(
        FakePair pair, string method, string path, string? key, int expectedStatus)
    {
        var died = 0;
        pair.First.Behaviour = pair.Second.Behaviour =
            http => Interlocked.Exchange(ref died, 1) == 0 ? FakeServer.Die(http) : FakeServer.Answer(200)(http);
        var (status, _, body) = await pair.SendAsync(method, path, key);
        Assert.Equal(expectedStatus, status);
        return body;
    }

    private static async Task<(int Status, string? Server)> StatusAndServerAsync(FakePair pair, string method, string path, string? key)
    {
        var (status, server, _) = await pair.SendAsync(method, path, key);
        return (status, server);
    }
}
