using System.Collections.Concurrent;

namespace OrleansBilling.Runtime.Limits;

/// <summary>
/// Limits guessing. After a number of failed tries nobody looks at a guesser's tries until the window is over. A try counts as
/// failed until it is taken back, so parallel tries gain nothing. Each process counts for itself.
/// </summary>
/// <param name="missesMax">The failed tries that a guesser may make within a window.</param>
/// <param name="window">Counted from the first try.</param>
/// <param name="guessersMax">The most guessers tracked. Beyond that, those whose window is over are dropped, and if that is not
/// enough, all.</param>
public sealed class GuessLimit<TGuesser>(int missesMax, TimeSpan window, int guessersMax, TimeProvider time)
    where TGuesser : notnull
{
    private readonly ConcurrentDictionary<TGuesser, Tries> tries = new();

    /// <summary>Counts a try; false if it is not allowed.</summary>
    public bool TryBegin(TGuesser guesser)
    {
        if (tries.Count >= guessersMax && !tries.ContainsKey(guesser)) Sweep();
        var now = time.GetTimestamp();
        var found = tries.AddOrUpdate(
            guesser,
            static (_, now) => new Tries(1, now),
            (_, before, now) => IsOver(before, now) ? new Tries(1, now) : before with { Count = Math.Min(before.Count, missesMax) + 1 },
            now);
        return found.Count <= missesMax;
    }

    /// <summary>The try was no wrong guess.</summary>
    public void TakeBack(TGuesser guesser)
    {
        while (tries.TryGetValue(guesser, out var before) && before.Count > 0)
        {
            if (tries.TryUpdate(guesser, before with { Count = before.Count - 1 }, before)) return;
        }
    }

    private void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (guesser, found) in tries)
        {
            if (IsOver(found, now)) tries.TryRemove(guesser, out _);
        }

        if (tries.Count >= guessersMax) tries.Clear();
    }

    private bool IsOver(Tries found, long now) => time.GetElapsedTime(found.Since, now) >= window;

    private readonly record struct Tries(int Count, long Since);
}
