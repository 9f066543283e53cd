using OrleansBilling.Cluster.Calls;
using OrleansBilling.Cluster.Grains;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Partitions;

namespace OrleansBilling.Cluster.Client;

/// <summary>All pumps of the cluster as one, for a gateway that moves a virtual clock.</summary>
internal sealed class ClusterPumps(IGrainFactory grains, WireClock clock)
{
    /// <summary>Completes when no silo has an effect under way.</summary>
    /// <exception cref="JournalUnavailableException">A silo was lost meanwhile.</exception>
    public Task WhenEffectsIdleAsync(CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        await Task.WhenAll(silos.Keys.Select(silo => grains.GetGrain<ISiloGrain>(silo.ToParsableString()).WhenEffectsIdleAsync())).WaitAsync(cancellationToken);
    });

    /// <summary>One pass of every pump.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or a silo was lost meanwhile.</exception>
    public async Task<PumpPass> RunOnceAsync(CancellationToken cancellationToken)
    {
        var pass = default(PumpPass);
        await AskAsync(async () =>
        {
            var groups = Enumerable.Range(0, PartitionLocks.GroupCount);
            foreach (var answer in await Task.WhenAll(groups.Select(group => grains.GetGrain<IDuePumpGrain>(group).RunOnceAsync(clock.VirtualNow))).WaitAsync(cancellationToken))
            {
                if (answer.Unavailable is { } reason) throw new JournalUnavailableException(reason);
                pass = new PumpPass(pass.Found + answer.Found, pass.Moved + answer.Moved, pass.Stuck ?? answer.Stuck);
            }
        });
        return pass;
    }

    private static async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (CallFaults.Of(e) is not null)
        {
            throw new JournalUnavailableException($"A silo of the cluster was lost: {e.Message}", e);
        }
    }
}
