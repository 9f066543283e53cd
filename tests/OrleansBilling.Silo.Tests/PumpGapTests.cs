using System.Collections.Concurrent;
using System.Diagnostics;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>When a silo dies under load, the others read its due work within seconds.</summary>
[Collection(ProcessCluster.Collection)]
public sealed class PumpGapTests
{
    /// <summary>Many, because each remembers 1,000 keys of an administrator, and the long form sends for minutes.</summary>
    private static readonly string[] Ids = [.. Enumerable.Range(1, 600).Select(n => $"s{n}")];

    [PostgresFact]
    public async Task No_group_is_silent_for_long_when_a_silo_is_killed()
    {
        var started = Stopwatch.StartNew();
        await using var cluster = await ProcessCluster.StartAsync(
            silos: 3, virtualClock: false, more: new Dictionary<string, string> { ["Logging__Console__FormatterName"] = "json" });
        await cluster.SellAsync(Ids, _ => "tok_ok");
        await using var load = new CommandLoad(cluster, Ids);
        var reads = new Reads();
        await Eventually.HoldsAsync(() => reads.AddAsync(cluster), TimeSpan.FromMinutes(1));
        for (var round = 0; round < FaultBounds.Rounds; round++)
        {
            await reads.WatchAsync(cluster, load.RunForAsync(commands: 200));
            var since = await reads.WhenAllReadAgainAsync(cluster);
            await cluster.KillAsync(cluster.Silos[round % 3]);
            await reads.WhenAllReadAgainAsync(cluster);
            TestContext.Current.TestOutputHelper?.WriteLine($"Longest gap after kill {round + 1}: {reads.LongestSince(since)}");
            await reads.WatchAsync(cluster, cluster.JoinAsync());
            await reads.WhenAllReadAgainAsync(cluster);
        }

        await load.StopAsync();
        Assert.Empty(load.Failed);
        Assert.True(reads.Longest.ToTimeSpan() < FaultBounds.Death, $"A group was silent for {reads.Longest}.");

        // The log says which groups moved, and Orleans does not fill it while it looks for the dead.
        Assert.All(cluster.Silos, silo => Assert.Matches("The due pump of group [0-9]+ moved here from silo S127.0.0.1:", silo.Output));
        var minutes = (int)Math.Ceiling(started.Elapsed.TotalMinutes);
        foreach (var process in cluster.Silos.Append(cluster.Gateway))
            Assert.All(LibraryLog.Count(process.Output), kind => Assert.InRange(kind.Value, 1, minutes));
    }

    /// <summary>When each group was read, as the cluster shows it.</summary>
    private sealed class Reads
    {
        private static readonly Duration FewSeconds = Duration.FromSeconds(3);
        private readonly Dictionary<int, Instant> last = [];
        private readonly ConcurrentQueue<(Instant At, Duration Gap)> gaps = [];

        public Duration Longest => LongestSince(Instant.MinValue);

        public Duration LongestSince(Instant start) => gaps.Where(gap => gap.At >= start).Select(gap => gap.Gap).DefaultIfEmpty().Max();

        /// <summary>Looks until some work is done. Without it, the time between two looks would pass for silence.</summary>
        public async Task WatchAsync(ProcessCluster cluster, Task work)
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    await AddAsync(cluster);
                    return work.IsCompleted;
                },
                TimeSpan.FromMinutes(3));
            await work;
        }

        /// <summary>Looks until each group was read after now, and for long enough that a silo that is gone is noticed.</summary>
        public async Task<Instant> WhenAllReadAgainAsync(ProcessCluster cluster)
        {
            var start = SystemClock.Instance.GetCurrentInstant();
            await Eventually.HoldsAsync(
                async () => await AddAsync(cluster) && last.Values.Min() > start + FewSeconds, TimeSpan.FromMinutes(1));
            return start;
        }

        /// <summary>Adds what the cluster shows now. True if every group has a pump.</summary>
        public async Task<bool> AddAsync(ProcessCluster cluster)
        {
            var shown = await cluster.Client.GetAsync("/v1/cluster");
            foreach (var group in shown["silos"]!.AsArray().SelectMany(silo => silo!["groups"]!.AsArray()))
            {
                var number = group!["group"]!.GetValue<int>();
                var at = InstantPattern.ExtendedIso.Parse(group["read_at"]!.GetValue<string>()).Value;
                if (last.TryGetValue(number, out var before) && at > before) gaps.Enqueue((at, at - before));
                if (at > before) last[number] = at;
            }

            return shown["groups_without_pump"]!.AsArray().Count == 0;
        }
    }
}
