using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Silo;

/// <summary>What silos and their clients read and write: one database, behind the runtime's ports.</summary>
/// <param name="Journal">Subscriptions.</param>
/// <param name="Due">What is due, group by group.</param>
/// <param name="Catalog">Products, plans and offers.</param>
/// <param name="Statistics">Counters.</param>
/// <param name="Recount">Whether the counters are complete.</param>
/// <param name="Quarantine">Due work that cannot be done.</param>
public sealed record SiloStores(
    IJournal Journal, IDueQueue Due, ICatalogStore Catalog, IStatisticsStore Statistics, IStatisticsRecount Recount,
    IQuarantine Quarantine);
