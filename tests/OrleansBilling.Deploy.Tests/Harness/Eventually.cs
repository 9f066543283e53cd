using System.Diagnostics;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Waits for what other processes do.</summary>
internal static class Eventually
{
    /// <summary>Asks until the answer is yes; how long that took. Fails, naming what was waited for, when it takes too long.</summary>
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
