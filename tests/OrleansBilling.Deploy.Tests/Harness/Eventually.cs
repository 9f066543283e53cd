using System.Diagnostics;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Waits for what other processes do.</summary>
internal static class Eventually
{
    /// <inheritdoc cref="Async(string, TimeSpan, Func{Task{bool}})"/>
    public static Task<TimeSpan> Async(string what, TimeSpan longest, Func<bool> condition) =>
        Async(what, longest, () => Task.FromResult(condition()));

    /// <summary>Polls until the condition holds and returns how long that took. On timeout, fails and names the condition.</summary>
    public static async Task<TimeSpan> Async(string what, TimeSpan longest, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < longest, $"Waited {longest.TotalSeconds} s in vain: {what}.");
            await Task.Delay(20);
        }

        return clock.Elapsed;
    }
}
