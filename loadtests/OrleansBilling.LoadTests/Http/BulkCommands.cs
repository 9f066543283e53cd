using System.Text.Json;

namespace OrleansBilling.LoadTests.Http;

/// <summary>
/// Sends commands as lines, in bounded batches. When the gateway is too busy for a line, sends the line again with the same
/// idempotency key. Any other failure ends the run.
/// </summary>
internal sealed class BulkCommands(ApiClient client, JsonSerializerOptions json)
{
    private const int PortionLinesMax = 500;
    private const int TriesMax = 20;
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(200);

    public async Task SendAsync<T>(IReadOnlyList<T> commands, CancellationToken cancellationToken)
    {
        foreach (var portion in commands.Chunk(PortionLinesMax))
        {
            var lines = portion.Select(command => JsonSerializer.Serialize(command, json)).ToList();
            for (var attempt = 1; lines.Count > 0; attempt++)
            {
                if (attempt > TriesMax) throw new LoadTestException($"The gateway stayed too busy for {lines.Count} commands.");
                if (attempt > 1) await Task.Delay(PauseBetweenTries, cancellationToken);
                lines = await SendOnceAsync(lines, cancellationToken);
            }
        }
    }

    /// <summary>Sends lines and returns those that must be sent again.</summary>
    private async Task<List<string>> SendOnceAsync(List<string> lines, CancellationToken cancellationToken)
    {
        var text = (await client.StreamAsync(lines, cancellationToken)).Required("POST /v1/commands").Text;
        var answers = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (answers.Length != lines.Count)
            throw new LoadTestException($"POST /v1/commands: {lines.Count} lines, but {answers.Length} answers.");
        var again = new List<string>();
        for (var n = 0; n < answers.Length; n++)
        {
            var status = JsonSerializer.Deserialize<Answer>(answers[n], json)!.Status;
            if (status is 429 or 503) again.Add(lines[n]);
            else if (status is < 200 or > 299) throw new LoadTestException($"The command {lines[n]} failed: {answers[n]}");
        }

        return again;
    }

    private sealed record Answer(int Status);
}
