using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Which server the balancer sends a request to.</summary>
public sealed class BalancingTests
{
    private const int Requests = 200;

    [NeedsFact(["haproxy"])]
    public async Task Requests_of_one_subscription_go_to_all_servers_alike()
    {
        await using var pair = await FakePair.StartAsync();

        var answered = await AnswersAsync(pair, Requests);

        Assert.Equal(["server-1", "server-2"], answered.Keys.Order());
        Assert.InRange(answered["server-1"], Requests * 45 / 100, Requests * 55 / 100);
    }

    [NeedsFact(["haproxy"])]
    public async Task What_is_for_operators_is_not_served_to_everybody()
    {
        await using var pair = await FakePair.StartAsync();

        foreach (var path in new[] { "/metrics", "/orleans", "/orleans/dashboardcounters", "/Orleans/" })
            Assert.Equal(404, (await pair.SendAsync("GET", path)).Status);
        Assert.Empty(pair.First.Requests.Concat(pair.Second.Requests));
        Assert.Equal(200, (await pair.SendAsync("GET", "/v1/metrics")).Status);
    }

    [NeedsFact(["haproxy"])]
    public async Task A_server_that_is_busy_gets_fewer()
    {
        await using var pair = await FakePair.StartAsync();
        var release = new TaskCompletionSource();
        pair.First.Behaviour = pair.Second.Behaviour =
            http => http.Request.Path == "/v1/commands" ? release.Task : FakeServer.Answer(200)(http);

        var stream = pair.SendAsync("POST", "/v1/commands");
        await Eventually.HoldsAsync(
            what: "the stream has a server", condition: () => pair.First.Requests.Count + pair.Second.Requests.Count == 1);
        var answered = await AnswersAsync(pair, 20);
        release.SetResult();
        var busy = (await stream).Server;

        Assert.Equal(busy == "server-1" ? "server-2" : "server-1", Assert.Single(answered).Key);
    }

    [NeedsFact(["haproxy"])]
    public async Task A_server_that_is_drained_gets_nothing_new_until_it_is_ready_again()
    {
        await using var pair = await FakePair.StartAsync();

        Assert.Equal("\n", await pair.Balancer.AdministerAsync("set server servers/server-1 state drain"));
        Assert.Equal("server-2", Assert.Single(await AnswersAsync(pair, 20)).Key);

        Assert.Equal("\n", await pair.Balancer.AdministerAsync("set server servers/server-1 state ready"));
        Assert.Equal(["server-1", "server-2"], (await AnswersAsync(pair, 20)).Keys.Order());
    }

    /// <summary>The number of answers per server.</summary>
    private static async Task<Dictionary<string, int>> AnswersAsync(FakePair pair, int requests)
    {
        var answered = new Dictionary<string, int>();
        for (var n = 0; n < requests; n++)
        {
            var (status, server, _) = await pair.SendAsync("GET", "/v1/subscriptions/s1");
            Assert.Equal(200, status);
            answered[server!] = answered.GetValueOrDefault(server!) + 1;
        }

        return answered;
    }
}
