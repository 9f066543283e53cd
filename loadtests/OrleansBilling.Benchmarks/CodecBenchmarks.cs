using BenchmarkDotNet.Attributes;
using OrleansBilling.Benchmarks.Given;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Benchmarks;

/// <summary>JSON, which is stored with each commit and sent between processes.</summary>
public class CodecBenchmarks
{
    private static readonly CommandEnvelope Command = new(
        new SubscriptionCommand.ChangePaymentMethod("tok_other"), Caller.Administrator, new IdempotencyKey(1, 2));
    private readonly Subscription state;
    private readonly SubscriptionEvent invoiced;
    private readonly byte[] snapshot;
    private readonly StoredEvent stored;
    private readonly byte[] message = CommandCodec.Encode(Command);

    public CodecBenchmarks()
    {
        var life = Life.Sold();
        state = life.State;
        invoiced = life.Events.First(e => e is SubscriptionEvent.RecurrenceStarted);
        snapshot = SubscriptionCodec.Encode(state, CommandMemory.Empty);
        stored = SubscriptionCodec.Encode(invoiced, 1);
    }

    [Benchmark]
    public byte[] EncodeSnapshot() => SubscriptionCodec.Encode(state, CommandMemory.Empty);

    [Benchmark]
    public Subscription DecodeSnapshot() => SubscriptionCodec.Decode(snapshot).State;

    /// <summary>The largest event of a month: a period with its invoice.</summary>
    [Benchmark]
    public StoredEvent EncodeEvent() => SubscriptionCodec.Encode(invoiced, 1);

    [Benchmark]
    public SubscriptionEvent DecodeEvent() => SubscriptionCodec.Decode(stored);

    [Benchmark]
    public byte[] EncodeCommand() => CommandCodec.Encode(Command);

    /// <summary>This command names no offer, so it needs no catalog lookup.</summary>
    [Benchmark]
    public ValueTask<CommandEnvelope?> DecodeCommand() => CommandCodec.DecodeAsync(message, null!, CancellationToken.None);
}
