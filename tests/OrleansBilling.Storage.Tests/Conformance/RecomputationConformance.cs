using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class RecomputationConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Counters_balances_and_numbers_equal_a_recomputation_from_the_events_of_a_long_random_history()
    {
        var market = new RandomMarket(Storage, seed: 11);
        var counters = new RecomputedCounters(Storage, market);
        var ledger = new RecomputedLedger(Storage, market);

        await market.LiveAsync(async () =>
        {
            await counters.CompareAsync();
            await ledger.CompareAsync();
        });

        counters.AssertToldEnough();
        ledger.AssertToldEnough();
    }
}
