using BenchmarkDotNet.Attributes;
using OrleansBilling.Benchmarks.Given;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;

namespace OrleansBilling.Benchmarks;

/// <summary>One command through a live grain. The journal is in memory, so the benchmark measures the call.</summary>
public class GrainCallBenchmarks
{
    private static readonly CommandEnvelope[] Commands =
    [
        new(new SubscriptionCommand.ChangePaymentMethod("tok_ok"), Caller.Administrator),
        new(new SubscriptionCommand.ChangePaymentMethod("tok_other"), Caller.Administrator),
    ];

    /// <summary>The grain remembers the idempotency key, so every call after the first gets the stored answer.</summary>
    private static readonly CommandEnvelope Repeated = Commands[0] with { Idempotency = new IdempotencyKey(1, 2) };

    private readonly Life life = Life.Sold();
    private LoneSilo silo = null!;
    private int calls;

    [GlobalSetup]
    public async Task StartAsync()
    {
        silo = await LoneSilo.StartAsync(life);
        var sale = new SubscriptionCommand.Subscribe(Life.Id, life.Terms, life.State.Customer, "tok_ok", null, null, null);
        await CallAsync(new CommandEnvelope(sale, Caller.Administrator));
        await silo.SettleAsync();
        await CallAsync(Repeated);
    }

    [GlobalCleanup]
    public Task StopAsync() => silo.DisposeAsync().AsTask();

    /// <summary>The round trip alone.</summary>
    [Benchmark]
    public Task<CommandResult> Call() => CallAsync(Repeated);

    /// <summary>The round trip, the decision, JSON and the in-memory commit.</summary>
    [Benchmark]
    public Task<CommandResult> Command() => CallAsync(Commands[++calls % Commands.Length]);

    private Task<CommandResult> CallAsync(CommandEnvelope envelope) =>
        silo.Runtime.ExecuteAsync(Life.Id, envelope, CancellationToken.None).AsTask();
}
