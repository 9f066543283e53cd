using System.Diagnostics;
using NodaTime;
using OrleansBilling.Simulation.Lives;

namespace OrleansBilling.Simulation;

/// <summary>Runs world after world, each from a seed of its own, on every processor, until the time is over.</summary>
public sealed class Soak(int firstSeed)
{
    /// <summary>Subscriptions in a world.</summary>
    public const int Subscriptions = 8;

    /// <summary>Stretches of time in a world, a week each on average.</summary>
    public const int Rounds = 60;

    private readonly HashSet<string> happened = new(StringComparer.Ordinal);
    private readonly Lock turn = new();
    private int next = firstSeed;

    /// <summary>What was done so far.</summary>
    public SoakReport Report { get; private set; } = new(0, Duration.Zero, 0, 0, 0);

    /// <summary>The types of events that happened.</summary>
    public IReadOnlySet<string> Happened => happened;

    /// <summary>Runs until <paramref name="length"/> is over, and one world at least.</summary>
    /// <exception cref="BrokenWorldException">A law is broken, or something failed; the message says how to see it again.</exception>
    public async Task RunAsync(TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        using var broken = new CancellationTokenSource();
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            do
            {
                try
                {
                    RunOne(Interlocked.Increment(ref next) - 1);
                }
                catch (BrokenWorldException)
                {
                    broken.Cancel();
                    throw;
                }
            }
            while (Stopwatch.GetElapsedTime(started) < length && !broken.IsCancellationRequested);
        }));
        await Task.WhenAll(workers);
    }

    /// <summary>The world of one seed, lived to its end.</summary>
    /// <exception cref="BrokenWorldException">A law is broken, or something failed; the message says how to see it again.</exception>
    public static World Live(int seed)
    {
        var world = new World(seed);
        try
        {
            world.Run(Subscriptions, Rounds);
            return world;
        }
        catch (Exception e)
        {
            throw new BrokenWorldException(seed, e);
        }
    }

    /// <summary>Lives the world of one seed, and reports of it.</summary>
    internal void RunOne(int seed)
    {
        var world = Live(seed);
        lock (turn)
        {
            Report = Report.With(world);
            happened.UnionWith(world.Happened);
        }
    }
}
