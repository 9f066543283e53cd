using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Operators see the silos and which of them reads which due work.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Shows_each_silo_with_its_grains_groups_queues_and_database()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s1");

        var shown = await Eventually.ReadAsync(
            async () => (await gateway.Admin.GetAsync("/v1/cluster")).Expect(200).Json,
            cluster => cluster.GetProperty("groups_without_pump").GetArrayLength() == 0);

        Assert.Equal(0, shown.GetProperty("quarantined").GetInt64());
        var silo = Assert.Single(shown.GetProperty("silos").EnumerateArray());
        Assert.True(silo.GetProperty("answers").GetBoolean());
        Assert.True(silo.GetProperty("database_answers").GetBoolean());
        Assert.Matches(@"^\d+\.\d+\.\d+", silo.GetProperty("version").GetString());
        Assert.True(silo.GetProperty("grains").GetInt32() >= 2, "There are at least a pump and a subscription.");
        Assert.Equal(0, silo.GetProperty("payments_waiting").GetInt32());
        var groups = silo.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, groups.Count), groups.Select(group => group.GetProperty("group").GetInt32()));
        Assert.All(groups, group => Assert.Equal(JsonValueKind.String, group.GetProperty("read_at").ValueKind));
        Assert.All(groups, group => Assert.True(group.GetProperty("oldest_due_age_milliseconds").GetInt64() >= 0));
    }

    [Fact]
    public async Task Is_for_administrators_only()
    {
        await using var gateway = await TestGateway.StartAsync();
        var seller = await gateway.AsSellerAsync("acme");
        (await seller.GetAsync("/v1/cluster")).ExpectProblem(403, "forbidden");
        (await gateway.As(null).GetAsync("/v1/cluster")).ExpectProblem(401, "unauthenticated");
    }
}
