using System.Diagnostics;
using NodaTime;
using OrleansBilling.Simulation.Lives;

namespace OrleansBilling.Simulation;

/// <summary>Runs worlds on every processor, each from its own seed, until the time is up.</summary>
public sealed class Soak(int firstSeed)
{
    /// <summary>Subscriptions in a world.</summary>
    public const int Subscriptions = 8;

    /// <summary>Steps of time in a world, a week each on average.</summary>
    public const int Rounds = 60;

    private readonly HashSet<string> happened = new(StringComparer.Ordinal);
    private readonly Lock turn = new();
    private int next = firstSeed;

    /// <summary>The totals so far.</summary>
    public SoakReport Report { get; private set; } = new(0, Duration.Zero, 0, 0, 0);

    public IReadOnlySet<string> Happened => happened;

    /// <summary>Runs until <paramref name="length"/> has passed, at least one world.</summary>
    /// <exception cref="BrokenWorldException">A law is broken, or something failed; the message says how to reproduce it.</exception>
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

    /// <summary>Runs the world of one seed to its end.</summary>
    /// <exception cref="BrokenWorldException">A law is broken, or something failed; the message says how to reproduce it.</exception>
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

    /// <summary>Runs the world of one seed and adds it to the report.</summary>
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
