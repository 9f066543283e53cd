using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>What a machine's file says beside its latencies.</summary>
internal sealed record HistogramHeader
{
    public required string Scenario { get; init; }

    /// <summary>The way in.</summary>
    public required string Target { get; init; }

    public required string Loop { get; init; }

    /// <summary>Arrivals a second of this machine; null in a closed loop.</summary>
    public required double? Rate { get; init; }

    /// <summary>Which of how many machines, from 1.</summary>
    public required int Machine { get; init; }

    public required int Machines { get; init; }

    /// <summary>When its measuring began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required double Seconds { get; init; }

    public required int InFlightMax { get; init; }

    /// <summary>As many as there are latencies.</summary>
    public required long Done { get; init; }

    public required long Refused { get; init; }

    public required long Failed { get; init; }

    public required int HeldBack { get; init; }

    /// <summary>Whether the machine's own audit held.</summary>
    public required bool AuditHolds { get; init; }
}

/// <summary>
/// A machine's latencies as a file: HdrHistogram's own compressed log, one interval of microseconds, which its tools read as
/// well. The header is a comment of that format.
/// </summary>
internal sealed record HistogramFile(HistogramHeader Header, LatencyHistogram Latencies)
{
    private const string HeaderStart = "#[OrleansBilling ";
    private const string Columns = "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var started = Header.StartedAt.ToUnixTimeMilliseconds() / 1_000d;
        string[] lines =
        [
            $"{HeaderStart}{JsonSerializer.Serialize(Header, Json)}]",
            "#[Histogram log format version 1.3]",
            string.Create(CultureInfo.InvariantCulture, $"#[StartTime: {started:0.000} (seconds since epoch)]"),
            Columns,
            string.Create(
                CultureInfo.InvariantCulture,
                $"0.000,{Header.Seconds:0.000},{Latencies.Whole().Max * 1_000:0},{Convert.ToBase64String(Latencies.Encode())}"),
        ];
        return File.WriteAllLinesAsync(path, lines, cancellationToken);
    }

    /// <exception cref="LoadTestException">It is not such a file, or not all of it; the message names it.</exception>
    public static async Task<HistogramFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(path, cancellationToken);
            if (lines is not [var first, ..] || !first.StartsWith(HeaderStart, StringComparison.Ordinal))
                throw new LoadTestException($"{path} is not a histogram that scenario --histogram wrote.");
            var header = JsonSerializer.Deserialize<HistogramHeader>(first[HeaderStart.Length..].TrimEnd(']'), Json)!;
            var interval = lines.LastOrDefault(line => line.Length > 0 && line[0] is not '#' and not '"')
                ?? throw new LoadTestException($"{path} is cut short: it has no latencies.");
            var latencies = LatencyHistogram.Decode(Convert.FromBase64String(interval.Split(',')[^1]));
            return latencies.Whole().Count == header.Done
                ? new HistogramFile(header, latencies)
                : throw new LoadTestException(
                    $"{path} is cut short or altered: it has {latencies.Whole().Count} latencies of {header.Done} commands.");
        }
        catch (Exception exception) when (exception is not LoadTestException and not OperationCanceledException)
        {
            throw new LoadTestException($"{path} cannot be read as a histogram: {exception.Message}", exception);
        }
    }
}
