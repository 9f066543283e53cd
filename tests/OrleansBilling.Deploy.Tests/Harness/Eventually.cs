using System.Diagnostics;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Waits for what other processes do.</summary>
internal static class Eventually
{
    /// <inheritdoc cref="Async(string, TimeSpan, Func{Task{bool}})"/>
    public static Task<TimeSpan> Async(string what, TimeSpan longest, Func<bool> condition) =>
        Async(what, longest, () => Task.FromResult(condition()));

    /// <summary>Asks until the answer is yes and returns how long that took. Fails, naming what it waited for, after too long.</summary>
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
