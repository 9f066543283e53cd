using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Simulation.Laws;
using OrleansBilling.Simulation.Seeded;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.Runtime.Tests;

/// <summary>A turn host over the simulated journal, on a virtual clock. There are no faults unless a test scripts them.</summary>
internal sealed class Host : IAsyncDisposable
{
    public Host(TurnHostOptions? options = null, IPaymentProvider? provider = null, TimeProvider? time = null)
    {
        Journal = new SimulatedJournal(new Random(1), new LawBook());
        Monthly = CatalogStore.Sell("monthly", 2_990, new BillingInterval(IntervalUnit.Month, 1));
        Reader = new SubscriptionReader(Journal, new CatalogCache(CatalogStore, TimeProvider.System));
        Runtime = new TurnHost(
            options ?? new TurnHostOptions(), Journal, Journal, new CatalogCache(CatalogStore, TimeProvider.System),
            provider ?? new SimulatedPaymentProvider(seed: 1), Clock, time ?? TimeProvider.System, NullLoggerFactory.Instance);
    }

    public SimulatedJournal Journal { get; }

    public SimulatedCatalog CatalogStore { get; } = new();

    public OfferTerms Monthly { get; }

    public SubscriptionReader Reader { get; }

    public VirtualClock Clock { get; } = new(Instant.FromUtc(2024, 1, 31, 9, 30));

    public TurnHost Runtime { get; }

    public SubscriptionCommand Subscribe(string id, string token = "tok_ok") =>
        new SubscriptionCommand.Subscribe(id, Monthly, new Customer("customer-1", null), token, null, null, null);

    public async Task<CommandResult> ExecuteAsync(string id, SubscriptionCommand command, IdempotencyKey? key = null) =>
        await Runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator, key), CancellationToken.None);

    public async Task<Subscription> SubscribedAsync(string id, string token = "tok_ok")
    {
        Assert.IsType<CommandResult.Accepted>(await ExecuteAsync(id, Subscribe(id, token)));
        await Runtime.RunDueAsync(CancellationToken.None);
        return await ReadAsync(id);
    }

    public async Task<Subscription> ReadAsync(string id) => (await Reader.FindAsync(id, CancellationToken.None))!.State;

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}
