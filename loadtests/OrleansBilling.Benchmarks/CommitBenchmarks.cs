using BenchmarkDotNet.Attributes;
using OrleansBilling.Benchmarks.Given;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Benchmarks;

/// <summary>One commit to a real journal, as for a change of payment method: a snapshot, an event, an unchanged due time.</summary>
public class CommitBenchmarks
{
    public const int Callers = 256;
    private readonly Life life = Life.Sold();
    private readonly long[] versions = new long[Callers];
    private readonly Task<CommitOutcome>[] commits = new Task<CommitOutcome>[Callers];
    private readonly string[] ids = [.. Enumerable.Range(0, Callers).Select(number => $"subscription-{number}")];
    private byte[] state = null!;
    private StoredEvent happened;
    private RealDatabase database = null!;

    [ParamsAllValues]
    public DatabaseKind Database { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        state = SubscriptionCodec.Encode(life.State, CommandMemory.Empty);
        happened = SubscriptionCodec.Encode(
            new SubscriptionEvent.PaymentMethodChanged { At = life.State.UpdatedAt, Token = "tok_other" }, 1);
        database = await RealDatabase.OpenAsync(Database);
        foreach (var number in Enumerable.Range(0, Callers)) await CommitAsync(number, EntryOf(life));
    }

    [GlobalCleanup]
    public Task CloseAsync() => database.DisposeAsync().AsTask();

    /// <summary>A single caller pays for its own disk sync.</summary>
    [Benchmark]
    public Task<CommitOutcome> Alone() => CommitAsync(0, directory: null);

    /// <summary>Many callers share a batch and its disk sync.</summary>
    [Benchmark(OperationsPerInvoke = Callers)]
    public async Task<CommitOutcome> Grouped()
    {
        for (var number = 0; number < Callers; number++) commits[number] = CommitAsync(number, directory: null);
        var outcomes = await Task.WhenAll(commits);
        return Array.Find(outcomes, outcome => outcome != CommitOutcome.Committed);
    }

    private Task<CommitOutcome> CommitAsync(int number, DirectoryEntry? directory)
    {
        var version = versions[number]++;
        return database.Storage.Journal.CommitAsync(
            new JournalCommit
            {
                SubscriptionId = ids[number],
                ExpectedVersion = version,
                NewVersion = version + 1,
                State = state,
                DueAt = life.RenewsAt,
                Events = [happened with { Sequence = version + 1 }],
                Directory = directory,
                Deltas = [],
            },
            CancellationToken.None).AsTask();
    }

    private static DirectoryEntry EntryOf(Life life) => new(
        life.State.Status, life.Terms.Product.SellerId, life.Terms.Product.Id, life.Terms.Plan.Id, life.Terms.Offer.Id,
        life.State.Customer.Id);
}
