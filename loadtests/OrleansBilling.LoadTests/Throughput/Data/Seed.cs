using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>
/// Fills a storage through the runtime: every subscription is sold by a command, invoiced and charged. All are sold at one
/// instant, so all are due at one instant a month later. Used for SQLite; COPY fills PostgreSQL.
/// </summary>
internal static class Seed
{
    private const int InFlightMax = 1_024;
    private const int PortionMax = 10_000;

    public static async Task FillAsync(
        BillingStorage storage, Subscriptions subscriptions, Instant now, Action<int> done, CancellationToken cancellationToken)
    {
        await using var runtime = Turns.Open(
            new HostParts(storage) { StandingClock = new VirtualClock(now), Subscriptions = subscriptions.Count });
        var catalog = ThroughputCatalog.Make();
        await catalog.StoreAsync(storage, cancellationToken);
        var terms = catalog.Offers[0];
        var bound = new ParallelOptions { MaxDegreeOfParallelism = InFlightMax, CancellationToken = cancellationToken };
        for (var from = 0; from < subscriptions.Count; from += PortionMax)
        {
            var portion = Enumerable.Range(from, Math.Min(PortionMax, subscriptions.Count - from));
            await Parallel.ForEachAsync(
                portion, bound, async (number, stop) => await SellAsync(runtime, Subscriptions.Id(number), terms, stop));

            // Waits for the charges, so that they do not pile up behind the sales.
            await runtime.RunDueAsync(cancellationToken);
            done(Math.Min(from + PortionMax, subscriptions.Count));
        }
    }

    private static async ValueTask SellAsync(TurnHost runtime, string id, OfferTerms terms, CancellationToken cancellationToken)
    {
        var command = new SubscriptionCommand.Subscribe(
            id, terms, new Customer(SeedTemplate.CustomerOf(id), null), "tok_ok", null, null, null);
        var result = await runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator), cancellationToken);
        if (result is not CommandResult.Accepted) throw new LoadTestException($"Could not sell subscription {id}: {result}");
    }
}
