using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Takes personal data out of what an older release stored, while servers work on the database: once the last process of that release is
/// gone. On SQLite, where no other process can be, the server does it by itself.
/// </summary>
internal static class PersonMoving
{
    /// <summary>The argument with which the program does this and ends, instead of serving.</summary>
    public const string Argument = "--move-persons";

    /// <exception cref="StartupException">The database cannot be opened, or does not answer.</exception>
    public static Task RunAsync(string[] arguments) => StorageCommand.RunAsync(
        arguments, Argument, "move", RunAsync, "Start it again: it goes on where it stopped.");

    public static PersonMove Over(BillingStorage storage, SubscriptionReader reader, bool alone, ILoggerFactory loggers) => new(
        storage.Customers,
        new CustomerFinder(
            storage.Customers, new CustomerReader(storage.Customers), storage.Directory, reader, loggers.CreateLogger<CustomerFinder>()),
        storage.Persons, storage.Directory, storage.Settings, alone, Machine.Time, loggers.CreateLogger<PersonMove>());

    /// <summary>From the first subscription on, also if it was done before: old processes may have sold since.</summary>
    private static async Task RunAsync(BillingStorage storage, ILoggerFactory loggers)
    {
        using var move = Over(
            storage, new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, Machine.Time)), alone: true, loggers);
        foreach (var setting in new[] { PersonMove.MovedSetting, PersonMove.TextsSetting })
        {
            if (await storage.Settings.ReadAsync(setting, CancellationToken.None) == PersonMove.Everyone)
                await storage.Settings.WriteAsync(setting, "", CancellationToken.None);
        }

        await move.MoveAsync(CancellationToken.None);

        // Names too: old processes stored them without the words by which they are found.
        await storage.Settings.WriteAsync(NameFill.Setting, "", CancellationToken.None);
        using var names = new NameFill(storage.Customers, storage.Settings, Machine.Time, loggers.CreateLogger<NameFill>());
        await names.FillAsync(CancellationToken.None);
    }
}
