using BenchmarkDotNet.Attributes;
using OrleansBilling.Benchmarks.Given;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Benchmarks;

/// <summary>Folds events into state, as every read of the history does.</summary>
public class EvolveBenchmarks
{
    public const int Events = 128;
    private readonly SubscriptionEvent[] events = [.. Life.Of(Events).Events.Take(Events)];

    [Benchmark(OperationsPerInvoke = Events)]
    public Subscription Evolve() => SubscriptionEvolution.Fold(events)!;
}
