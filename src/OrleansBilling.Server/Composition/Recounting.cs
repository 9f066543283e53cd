using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Drops the counters of the statistics and counts them again from the journal, by the rules of today, while servers work on the
/// database. If it is interrupted, a server that starts goes on with it.
/// </summary>
internal static class Recounting
{
    /// <summary>The argument with which the program does this and ends, instead of serving.</summary>
    public const string Argument = "--recount";

    /// <summary>Recounts the statistics of the database that the process's settings name, with a role that may change tables.</summary>
    /// <exception cref="StartupException">The database cannot be opened, or does not answer.</exception>
    public static Task RunAsync(string[] arguments) => StorageCommand.RunAsync(
        arguments, Argument, "recount",
        async (storage, loggers) =>
        {
            using var recount = new StatisticsRecount(
                storage.Recount, new CatalogCache(storage.Catalog, Machine.Time), Machine.Time, loggers.CreateLogger<StatisticsRecount>());
            await storage.Recount.BeginAsync(CancellationToken.None);
            if (!await recount.RunAsync(CancellationToken.None))
                throw new StartupException("The counters were dropped, and another process counts them again; see its log.");
        },
        "If the recount has begun (see the log), a server that starts goes on with it; if not, run this again.");
}
