using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>
/// The durable book, and its only writer. Requests queue up (bounded); one loop books all that gathered while the
/// previous batch was being written, in one transaction, and tells each caller its own answer after the commit: what was
/// answered is on disk. When a batch fails, nothing of it is booked as far as anybody was told, every caller hears 503 and
/// asks again with the same key; the loop goes on with the next batch. Two processes may share one file: the write lock
/// and the unique keys keep them apart.
/// </summary>
internal sealed partial class PaymentBook(IOptions<SimulatorSettings> settings, ILogger<PaymentBook> logger) : BackgroundService
{
    /// <summary>Long enough to share one sync to disk among many, short enough that nobody waits for a long transaction.</summary>
    private const int BatchRowsMax = 512;

    private static readonly BookAnswer Busy = BookAnswer.Refused(
        503, "busy", null, "Too many requests wait to be booked. Ask again with the same key.");
    private static readonly BookAnswer Unavailable = BookAnswer.Refused(
        503, "book_unavailable", null, "The book cannot be written now. Ask again with the same key.");

    private readonly int rowsMax = Math.Min(BatchRowsMax, settings.Value.QueueRowsMax);
    private readonly Channel<PendingEntry> queue = Channel.CreateBounded<PendingEntry>(
        new BoundedChannelOptions(settings.Value.QueueRowsMax) { SingleReader = true });

    private SqliteConnection? connection;
    private BookWriter? writer;

    /// <summary>Queues an entry; its answer is known once it is durable, or refused.</summary>
    /// <param name="book">Books it; pure but for the writer. Runs on the writer's loop, perhaps again after a failure.</param>
    public Task<BookAnswer> WriteAsync(Func<BookWriter, BookAnswer> book)
    {
        var entry = new PendingEntry(book, new TaskCompletionSource<BookAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        return queue.Writer.TryWrite(entry) ? entry.Answered.Task : Task.FromResult(Busy);
    }

    /// <summary>Opens the book before the first request comes in.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        connection = BookFile.OpenForWriting(settings.Value.BookPath);
        writer = new BookWriter(connection);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Takes no more entries, and writes those that wait.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        queue.Writer.TryComplete();
        writer?.Dispose();
        connection?.Dispose();
        base.Dispose();
    }

    /// <summary>Ends when the queue is complete and empty, not when it is told to stop: who waits shall be answered.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<PendingEntry>(rowsMax);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < rowsMax && queue.Reader.TryRead(out var entry)) batch.Add(entry);
            WriteBatch(batch);
            batch.Clear();
        }
    }

    private void WriteBatch(List<PendingEntry> batch)
    {
        var answers = new BookAnswer[batch.Count];
        try
        {
            using var transaction = writer!.Begin();
            for (var n = 0; n < answers.Length; n++) answers[n] = batch[n].Book(writer);
            transaction.Commit();
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            LogBatchFailed(exception, answers.Length);
            Array.Fill(answers, Unavailable);
        }

        for (var n = 0; n < answers.Length; n++) batch[n].Answered.SetResult(answers[n]);
    }

    /// <summary>An entry that waits to be written, and whoever waits for it.</summary>
    private readonly record struct PendingEntry(Func<BookWriter, BookAnswer> Book, TaskCompletionSource<BookAnswer> Answered);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Rows} entries could not be booked.")]
    private partial void LogBatchFailed(Exception exception, int rows);
}
