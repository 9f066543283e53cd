using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>A book that was sold over the last four weeks, so that no renewal falls due during a run.</summary>
internal static class RecentSales
{
    private const int Products = 100;

    /// <param name="uncounted">Whether statistics are left out, as on a database that is to be recounted.</param>
    public static async Task<SeedPlan> FillAsync(
        string connectionString, int subscriptions, bool uncounted, CancellationToken cancellationToken)
    {
        await using var storage = await PrivatePostgres.OpenStorageAsync(connectionString, cancellationToken);
        var catalog = LoadCatalog.Make(Products, new BillingInterval(IntervalUnit.Month, 1));
        var now = SystemClock.Instance.GetCurrentInstant();
        var parts = catalog.Offers.Select((terms, n) => new SeedPart(
            terms, now - Duration.FromDays(n % 28), "tok_ok", (subscriptions / Products) + (n < subscriptions % Products ? 1 : 0)));
        var plan = await SeedPlan.PrepareAsync(storage, catalog, parts, cancellationToken);
        await Screen.ProgressAsync(
            "filling", plan.Count,
            done => new CopySeed(connectionString, plan, uncounted).FillAsync(storage.Journal, done, cancellationToken));
        return plan;
    }
}
