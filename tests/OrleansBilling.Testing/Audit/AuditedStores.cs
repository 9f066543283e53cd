using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Testing.Audit;

/// <summary>The stores that an audit reads, through the runtime's ports.</summary>
public sealed record AuditedStores(
    IJournal Journal, IDueQueue Due, ISubscriptionDirectory Directory, ICatalogStore Catalog, IStatisticsStore Statistics,
    IBalanceStore Balances);
