using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Lists;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Derives the lists again from the journal, batch by batch, while servers work on the database. If it is
/// interrupted, a server goes on with it.
/// </summary>
internal static partial class ListRebuilding
{
    /// <summary>The argument with which the program does this and ends, instead of serving.</summary>
    public const string Argument = "--rebuild-lists";

    /// <summary>Rebuilds the lists of the database that the process's settings name.</summary>
    /// <exception cref="StartupException">The database cannot be opened, or does not answer.</exception>
    public static Task RunAsync(string[] arguments) => StorageCommand.RunAsync(
        arguments, Argument, "rebuild",
        (storage, loggers) =>
        {
            var reader = ListPart.ReaderOf(storage, new CatalogCache(storage.Catalog, Machine.Time), loggers);
            return RunAsync(new ListReset(storage.ListProjection, reader), loggers, CancellationToken.None);
        },
        "If the rebuild has begun (see the log), a server goes on with it.");

    private static async Task RunAsync(ListReset reset, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger(nameof(ListRebuilding));
        var started = Machine.Time.GetTimestamp();
        await reset.BeginAsync(cancellationToken);
        LogBegun(logger);
        while (await reset.StepAsync(cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
        var seconds = Machine.Time.GetElapsedTime(started).TotalSeconds;
        LogDone(logger, seconds);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The lists are being derived from the events. Until this is done, they answer 503; billing continues.")]
    private static partial void LogBegun(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The lists are complete, after {Seconds:0} s.")]
    private static partial void LogDone(ILogger logger, double seconds);
}
