using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>
/// The durable book and its single writer. Requests wait in a bounded queue. A loop books all waiting requests in one
/// transaction and answers each caller after the commit, so every answer is on disk. If a batch fails, all its callers get 503
/// and ask again with the same key; the loop continues with the next batch. Two processes may share one file: the write lock
/// and the unique keys keep them consistent.
/// </summary>
internal sealed partial class PaymentBook(IOptions<SimulatorSettings> settings, ILogger<PaymentBook> logger) : BackgroundService
{
    /// <summary>Large enough that many requests share one sync to disk, small enough that nobody waits long for a transaction.</summary>
    private const int BatchRowsMax = 512;

    private static readonly BookAnswer Busy = BookAnswer.Refused(
        503, "busy", null, "Too many requests are waiting to be booked. Ask again with the same key.");
    private static readonly BookAnswer Unavailable = BookAnswer.Refused(
        503, "book_unavailable", null, "The book cannot be written at the moment. Ask again with the same key.");

    private readonly int rowsMax = Math.Min(BatchRowsMax, settings.Value.QueueRowsMax);
    private readonly Channel<PendingEntry> queue = Channel.CreateBounded<PendingEntry>(
        new BoundedChannelOptions(settings.Value.QueueRowsMax) { SingleReader = true });

    private SqliteConnection? connection;
    private BookWriter? writer;

    /// <summary>Queues an entry. The task completes when the entry is durable or refused.</summary>
    /// <param name="book">
    /// Books the entry. It runs on the writer's loop, must have no other side effects, and may run again after a failure.
    /// </param>
    public Task<BookAnswer> WriteAsync(Func<BookWriter, BookAnswer> book)
    {
        var entry = new PendingEntry(book, new TaskCompletionSource<BookAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        return queue.Writer.TryWrite(entry) ? entry.Answered.Task : Task.FromResult(Busy);
    }

    /// <summary>Opens the book before the first request arrives.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        connection = BookFile.OpenForWriting(settings.Value.BookPath);
        writer = new BookWriter(connection);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Accepts no more entries and writes the waiting ones.</summary>
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

    /// <summary>Ends when the queue is completed and empty, not when asked to stop, so every waiting caller is answered.</summary>
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

    /// <summary>A waiting entry and the task that its caller awaits.</summary>
    private readonly record struct PendingEntry(Func<BookWriter, BookAnswer> Book, TaskCompletionSource<BookAnswer> Answered);

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Rows} entries could not be booked.")]
    private partial void LogBatchFailed(Exception exception, int rows);
}
