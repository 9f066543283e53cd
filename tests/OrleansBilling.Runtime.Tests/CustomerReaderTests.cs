using NodaTime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Lookups for answers are read together, and each caller gets its own.</summary>
public sealed class CustomerReaderTests
{
    private readonly HeldStore store = new();
    private readonly CustomerReader reader;

    public CustomerReaderTests() => reader = new CustomerReader(store);

    [Fact]
    public async Task Who_asks_while_a_query_runs_is_read_with_the_next_one()
    {
        var first = reader.FindAsync("a", CancellationToken.None).AsTask();
        var others = Enumerable.Range(0, ICustomerStore.BatchMax + 20)
            .Select(n => reader.FindAsync($"c{n}", CancellationToken.None).AsTask()).ToList();
        var same = reader.FindAsync("c0", CancellationToken.None).AsTask();
        store.Release.SetResult();

        Assert.Equal("a", (await first)!.Id);
        var found = await Task.WhenAll(others);
        Assert.Equal(Enumerable.Range(0, found.Length).Select(n => $"c{n}"), found.Select(customer => customer!.Id));
        Assert.Equal("c0", (await same)!.Id);
        Assert.Equal([1, ICustomerStore.BatchMax, 20], store.Batches);
        Assert.Null(await reader.FindAsync("unknown", CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_waited_for_it_and_to_nobody_else()
    {
        store.Release.SetException(new JournalUnavailableException("down"));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await reader.FindAsync("a", CancellationToken.None));
        store.Release = new TaskCompletionSource();
        store.Release.SetResult();
        Assert.Equal("a", (await reader.FindAsync("a", CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task Who_goes_away_does_not_end_the_lookup_of_others()
    {
        using var goes = new CancellationTokenSource();
        var left = reader.FindAsync("a", goes.Token).AsTask();
        var stays = reader.FindAsync("b", CancellationToken.None).AsTask();
        await goes.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        store.Release.SetResult();
        Assert.Equal("b", (await stays)!.Id);
    }

    /// <summary>Answers when it is released.</summary>
    private sealed class HeldStore : ICustomerStore
    {
        public TaskCompletionSource Release { get; set; } = new();

        public List<int> Batches { get; } = [];

        public async ValueTask<IReadOnlyList<CustomerProfile>> FindAsync(
            IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        {
            Batches.Add(ids.Count);
            await Release.Task;
            return [.. ids.Where(id => id != "unknown").Select(id => new CustomerProfile(id, Instant.FromUtc(2024, 1, 31, 0, 0)))];
        }

        public ValueTask<bool> AddAsync(CustomerProfile customer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> ReplaceAsync(CustomerProfile read, CustomerProfile next, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> IsKnownToAsync(string customerId, string sellerId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<CustomerProfile>> ListAsync(
            CustomerFilter filter, CustomerPlace? after, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask AddNamedAsync(IReadOnlyCollection<NamedCustomer> named, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask AddWordsAsync(IReadOnlyCollection<CustomerProfile> read, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
