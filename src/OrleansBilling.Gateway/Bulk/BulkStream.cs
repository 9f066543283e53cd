using System.Threading.Channels;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// One POST /v1/commands. A reader splits the lines and starts their commands; a writer answers them in order while the reader
/// continues. A bounded queue stands between them: if the caller does not read or the runtime does not keep up, the queue fills, the
/// reader stops, and TCP slows the caller down. When the server stops, every line that was read is answered and the connection is cut,
/// so the caller sees that the rest was not accepted. A stream that is idle for too long ends with a line of status 408.
/// </summary>
internal sealed class BulkStream(
    ApiCall call, BulkDispatcher dispatcher, TimeSpan idleMax, TimeProvider time, ILogger<BulkAnswerWriter> logger,
    CancellationToken stopping)
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>The most commands in flight in one stream of an administrator.</summary>
    public const int CommandsMax = 1_024;

    /// <summary>
    /// The most commands in flight in one stream of a seller or customer: few enough that the commands of others do not wait behind them.
    /// </summary>
    public const int CommandsOfTenantMax = 32;

    private static readonly ApiError TooSlow = new(
        408, "stream_idle", "No line arrived for too long, so the stream ends here. Open a new one to continue.");

    private readonly HttpContext http = call.Http;
    private readonly Channel<BulkAnswer> answers = Channel.CreateBounded<BulkAnswer>(
        new BoundedChannelOptions(call.Caller.Role == Role.Administrator ? CommandsMax : CommandsOfTenantMax)
        {
            SingleReader = true, SingleWriter = true,
        });

    /// <summary>Set once the stream was idle for too long.</summary>
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
    /// The first call ends reading; lines already read are still answered. If even that makes no progress, the caller does not read, and
    /// the next call aborts.
    /// </summary>
    private void EndRest()
    {
        if (rested) http.Abort();
        rested = true;
        http.Request.BodyReader.CancelPendingRead();
    }

    /// <summary>Reads to the end. False if the server stops first. A stream idle for too long gets a last answer and ends.</summary>
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
                if (call.Pace is { } pace)
                {
                    await pace.WaitAsync(stopping);
                    watch.Progress();
                }

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
            // Nobody reads the answers anymore, so stop reading lines too.
            await stop.CancelAsync();
            throw;
        }
    }
}
