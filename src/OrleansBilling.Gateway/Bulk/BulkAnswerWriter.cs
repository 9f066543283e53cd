using System.IO.Pipelines;
using System.Text.Json;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>Writes one line per answer. Flushes when no further answer is ready, or when enough has accumulated.</summary>
internal sealed partial class BulkAnswerWriter(PipeWriter output, ILogger<BulkAnswerWriter> logger) : IDisposable
{
    private const int FlushBytes = 16 * 1024;

    private readonly Utf8JsonWriter json = new(output, JsonResponse.WriterOptions);

    /// <summary>Writes an answer once it is known. Flushes earlier answers first, so they do not wait for it.</summary>
    public async ValueTask WriteAsync(BulkAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Pending is { } pending)
        {
            if (!pending.IsCompleted) await FlushAsync(cancellationToken);
            Write(answer, await OutcomeOfAsync(pending, answer.Line));
        }
        else
        {
            Write(answer, answer.Error!, null, false);
        }

        if (output.UnflushedBytes >= FlushBytes) await FlushAsync(cancellationToken);
    }

    /// <summary>Flushes what is written. Waits while the caller does not read.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (output.UnflushedBytes == 0) return;
        var flushed = await output.FlushAsync(cancellationToken);
        if (flushed.IsCompleted) throw new OperationCanceledException("The caller closed the stream.");
    }

    public void Dispose() => json.Dispose();

    private async ValueTask<CommandResult> OutcomeOfAsync(Task<CommandResult> pending, long line)
    {
        try
        {
            return await pending;
        }
        catch (JournalUnavailableException e)
        {
            return new CommandResult.Unavailable("unavailable", e.Message);
        }
        catch (Exception e)
        {
            // A bug in one line must not end the others.
            LogLineFailed(e, line);
            return Failed;
        }
    }

    private static readonly CommandResult.Unavailable Failed = new(ApiErrors.Internal.Code, ApiErrors.Internal.Detail);

    private void Write(in BulkAnswer answer, CommandResult result)
    {
        switch (result)
        {
            case CommandResult.Accepted done:
                Write(answer, null, done.State.Version, done.Replayed);
                break;
            case CommandResult.Refused refused:
                Write(answer, ApiErrors.From(refused.Refusal), null, false);
                break;
            case CommandResult.Unavailable unavailable:
                Write(answer, ReferenceEquals(unavailable, Failed) ? ApiErrors.Internal : ApiErrors.From(unavailable), null, false);
                break;
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is not known.");
        }
    }

    private void Write(in BulkAnswer answer, ApiError? error, long? version, bool replayed)
    {
        json.Reset(output);
        json.WriteStartObject();
        json.WriteNumber("line"u8, answer.Line);
        json.WriteNumber("status"u8, error?.Status ?? answer.StatusWhenDone);
        json.WriteString("subscription_id"u8, answer.SubscriptionId);
        if (version is { } number) json.WriteNumber("version"u8, number);
        if (replayed) json.WriteBoolean("replayed"u8, true);
        if (error is not null)
        {
            json.WriteStartObject("error"u8);
            WriteFields(error);
            if (error.Faults is { } faults) WriteAll(faults);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    private void WriteAll(IReadOnlyList<ApiError> faults)
    {
        json.WriteStartArray("errors"u8);
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            WriteFields(fault);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFields(ApiError error)
    {
        json.WriteString("code"u8, error.Code);
        json.WriteString("detail"u8, error.Detail);
        if (error.Field is not null) json.WriteString("field"u8, error.Field);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a command stream failed.")]
    private partial void LogLineFailed(Exception exception, long line);
}
