using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OrleansBilling.Testing;

/// <summary>
/// Polls for something that happens in the background or in another process and gives no signal. After a time limit it throws
/// and says what it waited for and what it saw last.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan LongestDefault = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">The condition did not hold in time.</exception>
    public static Task<TimeSpan> HoldsAsync(
        Func<bool> condition, TimeSpan? longest = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(() => Task.FromResult(condition()), longest, what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, TimeSpan?, string)"/>
    public static async Task<TimeSpan> HoldsAsync(
        Func<Task<bool>> condition, TimeSpan? longest = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var clock = Stopwatch.StartNew();
        await ReadAsync(condition, held => held, longest, what);
        return clock.Elapsed;
    }

    /// <summary>Polls until it reads the expected value.</summary>
    /// <exception cref="TimeoutException">It did not read the value in time.</exception>
    public static Task<T> EqualAsync<T>(
        T expected, Func<Task<T>> read, TimeSpan? longest = null, [CallerArgumentExpression(nameof(read))] string what = "") =>
        ReadAsync(read, seen => EqualityComparer<T>.Default.Equals(expected, seen), longest, $"{what} to be {expected}");

    /// <summary>Polls until a value is accepted and returns that value.</summary>
    /// <exception cref="TimeoutException">No value was accepted in time.</exception>
    public static async Task<T> ReadAsync<T>(
        Func<Task<T>> read, Func<T, bool> enough, TimeSpan? longest = null, [CallerArgumentExpression(nameof(enough))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(enough);
        var limit = longest ?? LongestDefault;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await read();
            if (enough(seen)) return seen;
            if (clock.Elapsed >= limit) throw new TimeoutException($"Waited {limit.TotalSeconds} s for: {what}. Last seen: {seen}.");
            await Task.Delay(Pause);
        }
    }
}
