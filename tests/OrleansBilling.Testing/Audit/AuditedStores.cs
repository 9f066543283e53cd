using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Testing.Audit;

/// <summary>What an audit reads: the runtime's ports, whatever is behind them.</summary>
public sealed record AuditedStores(
    IJournal Journal, IDueQueue Due, ISubscriptionDirectory Directory, ICatalogStore Catalog, IStatisticsStore Statistics,
    IBalanceStore Balances);
