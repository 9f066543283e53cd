using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Which gateway the balancer sends a request to.</summary>
public sealed class PlacementTests
{
    private const int Ids = 2_000;

    [NeedsFact("haproxy")]
    public async Task Subscriptions_spread_evenly_and_each_stays_where_it_is()
    {
        await using var pair = await FakePair.StartAsync();

        var first = await OwnersAsync(pair);
        var again = await OwnersAsync(pair);

        Assert.Equal(first, again);
        Assert.InRange(first.Values.Count(owner => owner == "gateway-1"), Ids * 45 / 100, Ids * 55 / 100);
    }

    [NeedsFact("haproxy")]
    public async Task All_requests_of_a_subscription_meet_in_one_gateway_from_its_creation_on()
    {
        await using var pair = await FakePair.StartAsync();

        for (var n = 0; n < 20; n++)
        {
            var id = $"tenant:{n}";
            var owner = await pair.OwnerAsync(id);
            Assert.Equal(owner, (await pair.SendAsync("POST", "/v1/subscriptions", body: $$"""{"metadata":{"id":"x"},"id":"{{id}}"}""")).Gateway);
            Assert.Equal(owner, (await pair.SendAsync("POST", $"/v1/subscriptions/{id}/change-plan/preview")).Gateway);
            Assert.Equal(owner, (await pair.SendAsync("GET", $"/v1/subscriptions/{Uri.EscapeDataString(id)}/events?limit=5")).Gateway);
        }
    }

    [NeedsFact("haproxy")]
    public async Task A_repeated_creation_without_an_id_meets_the_first_one_by_its_key()
    {
        await using var pair = await FakePair.StartAsync();

        var owners = new HashSet<string?>();
        for (var n = 0; n < 20; n++)
        {
            var owner = (await pair.SendAsync("POST", "/v1/subscriptions", key: $"sign-up-{n}")).Gateway;
            for (var repeat = 0; repeat < 3; repeat++) Assert.Equal(owner, (await pair.SendAsync("POST", "/v1/subscriptions", key: $"sign-up-{n}")).Gateway);
            owners.Add(owner);
        }

        Assert.Equal(2, owners.Count);
    }

    [NeedsFact("haproxy")]
    public async Task A_simulation_is_asked_for_where_it_runs()
    {
        await using var pair = await FakePair.StartAsync();

        var runsAt = (await pair.SendAsync("POST", "/v1/simulations")).Gateway;

        for (var n = 0; n < 6; n++) Assert.Equal(runsAt, (await pair.SendAsync("GET", $"/v1/simulations/sim-{n}")).Gateway);
    }

    [NeedsFact("haproxy")]
    public async Task Only_the_subscriptions_of_a_lost_gateway_move_and_they_come_back_with_it()
    {
        await using var pair = await FakePair.StartAsync();
        var before = await OwnersAsync(pair);

        Assert.Equal("\n", await pair.Balancer.AdministerAsync("set server subscriptions/gateway-1 state drain"));
        var meanwhile = await OwnersAsync(pair);
        Assert.All(meanwhile.Values, owner => Assert.Equal("gateway-2", owner));
        for (var n = 0; n < 6; n++) Assert.Equal("gateway-2", (await pair.SendAsync("GET", "/v1/offers/launch")).Gateway);

        Assert.Equal("\n", await pair.Balancer.AdministerAsync("set server subscriptions/gateway-1 state ready"));
        Assert.Equal(before, await OwnersAsync(pair));
    }

    private static async Task<Dictionary<string, string?>> OwnersAsync(FakePair pair)
    {
        var owners = new Dictionary<string, string?>();
        for (var n = 0; n < Ids; n++) owners.Add($"s{n}", await pair.OwnerAsync($"s{n}"));
        return owners;
    }
}
