using System.Globalization;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.History;

/// <summary>
/// Two subscriptions to one metered offer, with little and with much usage. The domain decides every event; a few large
/// commits write them.
/// </summary>
internal sealed class HistorySeed(BillingStorage storage, int usage)
{
    public const string Few = "few";
    public const string Many = "many";
    private const int ReportEvery = 10_000;
    private static readonly Meter Calls = new()
    {
        Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(1, 1_000),
    };
    private static readonly Meter Users = new()
    {
        Id = "users", Name = "Users", Aggregation = MeterAggregation.Unique, Pricing = MeterPricing.PerUnit,
        Price = new UnitPrice(1, 1_000),
    };

    public async Task FillAsync(Action<int> done, CancellationToken cancellationToken)
    {
        var sold = LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Month, 1)).Offers[0];
        var terms = new OfferTerms(sold.Product, sold.Plan, sold.Offer with { Meters = [Calls, Users] });
        var catalog = new CatalogCache(storage.Catalog, TimeProvider.System);
        await catalog.AddAsync(terms.Product, cancellationToken);
        await catalog.AddAsync(terms.Plan, cancellationToken);
        await catalog.AddAsync(terms.Offer, cancellationToken);
        await using (var live = Turns.Open(new HostParts(storage) { StandingClock = new VirtualClock(HistoryOptions.SoldAt) }))
        {
            foreach (var id in (string[])[Few, Many])
            {
                var subscribe = new SubscriptionCommand.Subscribe(
                    id, terms, new Customer($"customer-{id}", null), "tok_ok", null, null, null);
                Accepted(await live.ExecuteAsync(id, new CommandEnvelope(subscribe, Caller.Administrator, null), cancellationToken));
            }

            await live.RunDueAsync(cancellationToken);
        }

        await UseAsync(Few, HistoryOptions.UsageMin, catalog, static _ => { }, cancellationToken);
        await UseAsync(Many, usage, catalog, done, cancellationToken);
    }

    /// <summary>Every fourth event names a new user.</summary>
    private async Task UseAsync(string id, int events, CatalogCache catalog, Action<int> done, CancellationToken cancellationToken)
    {
        var clock = new VirtualClock(HistoryOptions.SoldAt);
        var journal = new MergingJournal(storage.Journal);
        var handler = new SubscriptionHandler(id, SubscriptionHandlerServices.Create(journal, catalog, clock));
        for (var n = 1; n <= events; n++)
        {
            clock.MoveTo(HistoryOptions.SoldAt + (HistoryOptions.UsedFor * ((double)n / events)));
            var number = n.ToString(CultureInfo.InvariantCulture);
            var entry = n % 4 == 0
                ? new UsageEntry(number, Users.Id, 1, null, $"user-{number}@example.com")
                : new UsageEntry(number, Calls.Id, 1, null, null);
            var outcome = await handler.HandleAsync(
                new CommandEnvelope(new SubscriptionCommand.RecordUsage([entry]), Caller.Administrator, null), null, cancellationToken);
            Accepted(outcome.Result);
            if (n % ReportEvery == 0) done(n);
        }

        await journal.FlushAsync(cancellationToken);
    }

    private static void Accepted(CommandResult result)
    {
        if (result is not CommandResult.Accepted) throw new LoadTestException($"Could not create the history: {result}.");
    }
}
