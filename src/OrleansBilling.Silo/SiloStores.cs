using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Silo;

/// <summary>The stores that silos and their clients use: one database, behind the runtime's ports.</summary>
/// <param name="Due">Due work, by group of partitions.</param>
/// <param name="Recount">Knows whether the counters are complete.</param>
/// <param name="Quarantine">Due work that keeps failing.</param>
public sealed record SiloStores(
    IJournal Journal, IDueQueue Due, ICatalogStore Catalog, IStatisticsStore Statistics, IStatisticsRecount Recount,
    IQuarantine Quarantine);
