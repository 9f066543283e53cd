using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>The catalog of <c>throughput</c>: one monthly offer, sold to every subscription.</summary>
internal static class ThroughputCatalog
{
    /// <summary>The meter of the metered offer.</summary>
    public const string MeterId = "calls";

    public static LoadCatalog Make() => LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Month, 1));

    /// <summary>The same offer with a meter, for usage.</summary>
    public static LoadCatalog MakeMetered() => Make().With(
        new Meter
        {
            Id = MeterId, Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
            Price = new UnitPrice(1, 1_000),
        });

    public static string SellerId => Make().SellerOf(0);
}
