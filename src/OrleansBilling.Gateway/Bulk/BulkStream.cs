using System.Threading.Channels;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// One POST /v1/commands. A reader cuts lines and begins their commands; a writer answers them in order while the reader
/// goes on. Between them stands a bounded queue: when the caller does not read, or the runtime does not keep up, the
/// queue fills, the reader stops, and TCP tells the caller. When the server stops, what was read is answered and the
/// connection is cut, so that the caller sees that the rest was not taken. A stream that rests for too long ends with a
/// line of status 408.
/// </summary>
internal sealed class BulkStream(
    ApiCall call, BulkDispatcher dispatcher, TimeSpan idleMax, TimeProvider time, ILogger<BulkAnswerWriter> logger,
    CancellationToken stopping)
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>Commands of one stream of an administrator under way at a time.</summary>
    public const int CommandsMax = 1_024;

    /// <summary>
    /// Commands of one stream of a seller or a customer under way at a time: few enough that those of others do not wait
    /// behind them.
    /// </summary>
    public const int CommandsOfTenantMax = 32;

    private static readonly ApiError TooSlow = new(
        408, "stream_idle", "No line came for too long, so the stream ends here; open another one to go on.");

    private readonly HttpContext http = call.Http;
    private readonly Channel<BulkAnswer> answers = Channel.CreateBounded<BulkAnswer>(
        new BoundedChannelOptions(call.Caller.Role == Role.Administrator ? CommandsMax : CommandsOfTenantMax)
        {
            SingleReader = true, SingleWriter = true,
        });

    /// <summary>Set once the stream has rested for too long.</summary>
    private volatile bool rested;

    public async Task RunAsync()
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = ContentType;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        await using var watch = new IdleWatch(idleMax, time, EndRest);
        var writing = WriteAsync(watch, stop);
        var whole = false;
        try
        {
            whole = await ReadAsync(watch, stop.Token);
        }
        finally
        {
            answers.Writer.Complete();
            await writing;
        }

        if (!whole) http.Abort();
    }

    /// <summary>
    /// The first time ends the reading, and what was read is answered; when even that does not go on, the caller does
    /// not read.
    /// </summary>
    private void EndRest()
    {
        if (rested) http.Abort();
        rested = true;
        http.Request.BodyReader.CancelPendingRead();
    }

    /// <summary>Reads to the end; false when the server stopped before. A stream that rested for too long is told so, and ends.</summary>
    private async Task<bool> ReadAsync(IdleWatch watch, CancellationToken cancellationToken)
    {
        var input = http.Request.BodyReader;
        var splitter = new LineSplitter();
        await using var interruption = stopping.UnsafeRegister(
            static reader => ((System.IO.Pipelines.PipeReader)reader!).CancelPendingRead(), input);
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            watch.Progress();
            var buffer = read.Buffer;
            while (splitter.TryCut(ref buffer, read.IsCompleted, out var line))
            {
                var answer = dispatcher.Begin(line);
                if (!answers.Writer.TryWrite(answer)) await answers.Writer.WriteAsync(answer, cancellationToken);
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return true;
            if (stopping.IsCancellationRequested) return false;
            if (!rested) continue;
            await answers.Writer.WriteAsync(new BulkAnswer(splitter.Number + 1, null, 0, null, TooSlow), cancellationToken);
            return true;
        }
    }

    private async Task WriteAsync(IdleWatch watch, CancellationTokenSource stop)
    {
        using var writer = new BulkAnswerWriter(http.Response.BodyWriter, logger);
        try
        {
            while (await answers.Reader.WaitToReadAsync(stop.Token))
            {
                while (answers.Reader.TryRead(out var answer))
                {
                    await writer.WriteAsync(answer, stop.Token);
                    watch.Progress();
                }

                await writer.FlushAsync(stop.Token);
                watch.Progress();
            }
        }
        catch
        {
            // Nobody reads the answers any more, so nothing more is read either.
            await stop.CancelAsync();
            throw;
        }
    }
}
