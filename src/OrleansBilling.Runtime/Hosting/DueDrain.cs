using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>Does all work that is due by now, and everything that follows from it. A virtual clock uses it at each due time.</summary>
internal static class DueDrain
{
    /// <summary>Returns how many subscriptions moved, once a pass found nothing and no effect is in flight.</summary>
    /// <exception cref="JournalUnavailableException">None of the due work can proceed.</exception>
    public static async Task<int> RunAsync(
        Func<CancellationToken, Task> whenEffectsIdle, Func<CancellationToken, Task<PumpPass>> runOnce, CancellationToken cancellationToken)
    {
        for (var moved = 0; ;)
        {
            await whenEffectsIdle(cancellationToken);
            var pass = await runOnce(cancellationToken);
            if (pass.Found == 0)
            {
                // The pump also looks for due work by itself. It may have started effects while this pass waited for
                // its turn.
                await whenEffectsIdle(cancellationToken);
                return moved;
            }

            moved += pass.Moved;
            if (!pass.HasProgress)
                throw new JournalUnavailableException($"{pass.Found} due subscriptions could not be woken, '{pass.Stuck}' among them.");
        }
    }
}
