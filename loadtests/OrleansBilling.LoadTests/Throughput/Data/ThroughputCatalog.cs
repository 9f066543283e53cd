using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>What every subscription of <c>throughput</c> was sold: one monthly offer.</summary>
internal static class ThroughputCatalog
{
    /// <summary>The meter of the metered offer.</summary>
    public const string MeterId = "calls";

    public static LoadCatalog Make() => LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Month, 1));

    /// <summary>The same offer with a meter, for usage.</summary>
    public static LoadCatalog MakeMetered() => Make().With(
        new Meter
        {
            Id = MeterId, Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(1, 1_000),
        });

    /// <summary>The seller of it.</summary>
    public static string SellerId => Make().SellerOf(0);
}
