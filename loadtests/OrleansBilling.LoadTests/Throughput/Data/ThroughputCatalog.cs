using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>What every subscription of <c>throughput</c> was sold: one monthly offer.</summary>
internal static class ThroughputCatalog
{
    public static LoadCatalog Make() => LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Month, 1));

    /// <summary>The seller of it.</summary>
    public static string SellerId => Make().SellerOf(0);
}
