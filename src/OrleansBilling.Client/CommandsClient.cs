using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class CommandsClient
{
    /// <summary>
    /// Sends commands and reads their answers, one for each and in their order. Lines are sent in batches, one after the other; a batch is
    /// sent when it is full or the lines end. Batches are never repeated: give each line its own idempotency key, and send again those that
    /// got no answer.
    /// </summary>
    /// <param name="batchLinesMax">How many lines are sent together. Few, if lines come slowly and answers are wanted soon.</param>
    public async IAsyncEnumerable<BulkAnswer> RunAsync(
        IAsyncEnumerable<CommandLine> lines, int batchLinesMax = 500,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchLinesMax, 1);
        var batch = new CommandBatch(batchLinesMax);
        var sent = 0L;
        await foreach (var line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var bytes = CommandBatch.Write(line);
            if (!batch.Fits(bytes))
            {
                await foreach (var answer in SendAsync(batch, sent, cancellationToken).ConfigureAwait(false)) yield return answer;
                sent += batch.Lines;
                batch = new CommandBatch(batchLinesMax);
            }

            batch.Add(bytes);
            if (!batch.IsFull) continue;
            await foreach (var answer in SendAsync(batch, sent, cancellationToken).ConfigureAwait(false)) yield return answer;
            sent += batch.Lines;
            batch = new CommandBatch(batchLinesMax);
        }

        if (batch.Lines == 0) yield break;
        await foreach (var answer in SendAsync(batch, sent, cancellationToken).ConfigureAwait(false)) yield return answer;
    }

    /// <param name="before">How many lines were sent before: answers count the lines of their batch.</param>
    private async IAsyncEnumerable<BulkAnswer> SendAsync(
        CommandBatch batch, long before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = new ByteArrayContent(batch.ToBody());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await api.StreamAsync("/v1/commands", body, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var answers = JsonSerializer.DeserializeAsyncEnumerable(
            stream, ApiJson.Default.BulkAnswer, topLevelValues: true, cancellationToken);
        await foreach (var answer in answers.ConfigureAwait(false))
            yield return answer! with { Line = answer.Line + before };
    }
}
