using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Invoices;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Derives the list of invoices again from the journal, batch by batch, while servers work on the database. If it is interrupted, a
/// server goes on with it.
/// </summary>
internal static partial class InvoiceRebuilding
{
    /// <summary>The argument with which the program does this and ends, instead of serving.</summary>
    public const string Argument = "--rebuild-invoices";

    /// <summary>Rebuilds the list of the database that the process's settings name.</summary>
    /// <exception cref="StartupException">The database cannot be opened, or does not answer.</exception>
    public static Task RunAsync(string[] arguments) => StorageCommand.RunAsync(
        arguments, Argument, "rebuild",
        (storage, loggers) =>
        {
            var reader = InvoicePart.ReaderOf(storage, new CatalogCache(storage.Catalog, Machine.Time), loggers);
            return RunAsync(new InvoiceReset(storage.InvoiceProjection, reader), loggers, CancellationToken.None);
        },
        "If the rebuild has begun (see the log), a server goes on with it.");

    private static async Task RunAsync(InvoiceReset reset, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger(nameof(InvoiceRebuilding));
        var started = Machine.Time.GetTimestamp();
        await reset.BeginAsync(cancellationToken);
        LogBegun(logger);
        while (await reset.StepAsync(cancellationToken)) cancellationToken.ThrowIfCancellationRequested();
        var seconds = Machine.Time.GetElapsedTime(started).TotalSeconds;
        LogDone(logger, seconds);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The list of invoices is being derived from the events. Until this is done, it answers 503; billing continues.")]
    private static partial void LogBegun(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The list of invoices is complete, after {Seconds:0} s.")]
    private static partial void LogDone(ILogger logger, double seconds);
}
