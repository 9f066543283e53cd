using System.Collections.Concurrent;
using System.Threading.Channels;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Systems;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>
/// One stream of lines. Lines that gather while a chunk is sent form the next chunk; answers come in the order of the lines.
/// The number of unanswered lines is bounded; a further line waits, and the wait counts as latency.
/// </summary>
internal sealed class CommandStream : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);
    private readonly RawBulkStream raw = new();
    private readonly SemaphoreSlim room;
    private readonly Channel<PendingLine> waiting = Channel.CreateUnbounded<PendingLine>();
    private readonly ConcurrentQueue<PendingLine> unanswered = new();
    private Task sending = Task.CompletedTask;
    private Task receiving = Task.CompletedTask;
    private Exception? broken;

    private CommandStream(int window) => room = new SemaphoreSlim(window);

    public static async Task<CommandStream> OpenAsync(GatewayAddress gateway, int window, CancellationToken cancellationToken)
    {
        var stream = new CommandStream(window);
        await stream.raw.OpenAsync(gateway.Url, gateway.Key, cancellationToken);
        stream.sending = Task.Run(stream.SendAllAsync, CancellationToken.None);
        stream.receiving = Task.Run(stream.ReceiveAllAsync, CancellationToken.None);
        return stream;
    }

    public async ValueTask<CommandAnswer> SendAsync(byte[] line)
    {
        await room.WaitAsync(CancellationToken.None);
        var pending = new PendingLine(line);
        if (!waiting.Writer.TryWrite(pending))
        {
            room.Release();
            throw new LoadTestException("A stream of commands has ended.", broken);
        }

        // The code that broke the stream drains the queue, but perhaps did so before this line was added.
        if (Volatile.Read(ref broken) is { } cause) pending.TrySetException(cause);
        return await pending.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        using var patience = new CancellationTokenSource(CloseTimeout);
        await Task.WhenAll(sending, receiving).WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Closing the socket ends both loops, even if the gateway does not answer.
        raw.Dispose();
        await sending;
        await receiving;
        room.Dispose();
    }

    private async Task SendAllAsync()
    {
        var chunk = new MemoryStream();
        try
        {
            while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
            {
                chunk.SetLength(0);
                while (waiting.Reader.TryRead(out var pending))
                {
                    unanswered.Enqueue(pending);
                    chunk.Write(pending.Line);
                }

                if (chunk.Length > 0) await raw.SendAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
            }

            await raw.FinishAsync();
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    private async Task ReceiveAllAsync()
    {
        try
        {
            while (!raw.IsOver) await raw.ReceiveAsync(Answer);
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    private void Answer(ReadOnlySpan<byte> line)
    {
        if (!unanswered.TryDequeue(out var pending)) throw new LoadTestException("The gateway answered a line that was not sent.");
        pending.TrySetResult(AnswerReader.ReadLine(line));
        room.Release();
    }

    /// <summary>Fails all waiting lines and all later ones.</summary>
    private void Break(Exception cause)
    {
        Volatile.Write(ref broken, cause);
        waiting.Writer.TryComplete();
        while (unanswered.TryDequeue(out var pending)) Fail(pending);
        while (waiting.Reader.TryRead(out var pending)) Fail(pending);

        void Fail(PendingLine pending)
        {
            pending.TrySetException(cause);
            room.Release();
        }
    }

    /// <summary>A line that waits for its answer.</summary>
    private sealed class PendingLine(byte[] line) : TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public byte[] Line => line;
    }
}
