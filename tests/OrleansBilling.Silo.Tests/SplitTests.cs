using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Subscriptions are spread evenly, also after a silo joins or leaves.</summary>
public sealed class SplitTests
{
    private const int Subscriptions = 1_800;
    private static readonly string[] Ids = [.. Enumerable.Range(0, Subscriptions).Select(n => $"s{n}")];

    [PostgresFact]
    public async Task Subscriptions_are_split_evenly_whoever_joins_and_leaves()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 2);
        await AllAsync(id => cluster.AcceptedAsync(id, cluster.Subscribe(id)));
        RequireEven(await cluster.LiveAsync());

        // A third silo joins. The other two drop its share, though nobody calls them, so that nothing is held twice.
        var third = await cluster.JoinAsync();
        await Eventually.HoldsAsync(async () => await cluster.LiveAsync() is [var one, var two, 0] &&
            IsFair(one, Subscriptions / 3.0) && IsFair(two, Subscriptions / 3.0));

        // It gets its share with the next commands.
        await EventuallyEvenAsync(cluster);

        // The others take over its subscriptions, and nothing is lost.
        await cluster.LeaveAsync(third);
        await EventuallyEvenAsync(cluster);
        foreach (var id in Ids) Assert.NotNull(await cluster.FindAsync(id));
    }

    private static async Task EventuallyEvenAsync(TestCluster cluster) => await Eventually.HoldsAsync(async () =>
    {
        await AllAsync(id => cluster.AcceptedAsync(id, new SubscriptionCommand.ChangePaymentMethod("tok_ok")));
        return IsEven(await cluster.LiveAsync());
    });

    private static void RequireEven(int[] live) => Assert.True(IsEven(live), $"The split is {string.Join(" to ", live)}.");

    private static bool IsEven(int[] live)
    {
        var fair = (double)Subscriptions / live.Length;
        return live.Sum() == Subscriptions && live.All(count => IsFair(count, fair));
    }

    private static bool IsFair(int count, double fair) => count > fair * 0.8 && count < fair * 1.2;

    private static Task AllAsync(Func<string, Task> act) =>
        Parallel.ForEachAsync(Ids, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (id, _) => await act(id));
}
