using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// All pumps of the cluster, for a gateway that moves a virtual clock. Long operations are polled with short calls.
/// </summary>
internal sealed class ClusterPumps(IGrainFactory grains, int groups, WireClock clock, TimeProvider time)
{
    /// <summary>Completes when no silo has an effect in flight.</summary>
    /// <exception cref="JournalUnavailableException">A silo was lost during the wait.</exception>
    public Task WhenEffectsIdleAsync(CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var silos = await grains.GetGrain<IDuePumpGrain>(0).ReadSilosAsync();
        await Task.WhenAll(silos.Select(async silo =>
        {
            var grain = grains.GetGrain<ISiloGrain>(silo);
            while (!await grain.AreEffectsIdleAsync()) cancellationToken.ThrowIfCancellationRequested();
        }));
    });

    /// <summary>Runs one pass of every pump.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer, or a silo was lost during the pass.</exception>
    public async Task<PumpPass> RunOnceAsync(CancellationToken cancellationToken)
    {
        var total = default(PumpPass);
        await AskAsync(async () =>
        {
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, groups).Select(group => RunOnceAsync(group, cancellationToken))))
            {
                if (answer.Unavailable is { } reason) throw new JournalUnavailableException(reason);
                total = new PumpPass(
                    total.Found + answer.Found, total.Moved + answer.Moved, total.Stuck ?? answer.Stuck, total.Failed + answer.Failed);
            }
        });
        return total;
    }

    private async Task<PumpAnswer> RunOnceAsync(int group, CancellationToken cancellationToken)
    {
        var pump = grains.GetGrain<IDuePumpGrain>(group);
        var pass = time.GetTimestamp();
        while (true)
        {
            if (await pump.RunOnceAsync(clock.VirtualNow, pass) is { } answer) return answer;
            cancellationToken.ThrowIfCancellationRequested();
        }
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
