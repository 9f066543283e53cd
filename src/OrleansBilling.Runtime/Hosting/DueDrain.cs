using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>Does all that is due by now, with what follows from it; how a virtual clock gets from one due time to the next.</summary>
internal static class DueDrain
{
    /// <summary>Answers how many went on, once a pass found nothing and no effect is under way.</summary>
    /// <exception cref="JournalUnavailableException">None of what is due can go on.</exception>
    public static async Task<int> RunAsync(
        Func<CancellationToken, Task> whenEffectsIdle, Func<CancellationToken, Task<PumpPass>> runOnce, CancellationToken cancellationToken)
    {
        for (var moved = 0; ;)
        {
            await whenEffectsIdle(cancellationToken);
            var pass = await runOnce(cancellationToken);
            if (pass.Found == 0)
            {
                // The pump looks for due work by itself too: it may have begun effects while this pass waited for its turn.
                await whenEffectsIdle(cancellationToken);
                return moved;
            }

            moved += pass.Moved;
            if (!pass.HasProgress)
                throw new JournalUnavailableException($"{pass.Found} due subscriptions could not be woken, '{pass.Stuck}' among them.");
        }
    }
}
