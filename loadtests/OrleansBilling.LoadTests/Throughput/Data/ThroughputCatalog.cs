using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>The catalog of <c>throughput</c>: one monthly offer, sold to every subscription.</summary>
internal static class ThroughputCatalog
{
    public static LoadCatalog Make() => LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Month, 1));

    public static string SellerId => Make().SellerOf(0);
}
