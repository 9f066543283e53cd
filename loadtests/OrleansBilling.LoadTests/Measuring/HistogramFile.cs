using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>What a machine's file holds besides its latencies.</summary>
internal sealed record HistogramHeader
{
    public required string Scenario { get; init; }

    /// <summary>How the commands were sent.</summary>
    public required string Target { get; init; }

    public required string Loop { get; init; }

    /// <summary>Arrivals per second on this machine; null in a closed loop.</summary>
    public required double? Rate { get; init; }

    /// <summary>The number of this machine, from 1.</summary>
    public required int Machine { get; init; }

    public required int Machines { get; init; }

    /// <summary>When the measurement started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required double Seconds { get; init; }

    public required int InFlightMax { get; init; }

    /// <summary>Commands done; equals the number of latencies.</summary>
    public required long Done { get; init; }

    public required long Refused { get; init; }

    public required long Failed { get; init; }

    public required int HeldBack { get; init; }

    /// <summary>Whether the machine's own audit passed.</summary>
    public required bool AuditHolds { get; init; }
}

/// <summary>
/// A machine's latencies as a file in HdrHistogram's compressed log format, which HdrHistogram tools read as well: one
/// interval, in microseconds. The header is a comment of that format.
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

    /// <exception cref="LoadTestException">The file is not a complete histogram file; the message names it.</exception>
    public static async Task<HistogramFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(path, cancellationToken);
            if (lines is not [var first, ..] || !first.StartsWith(HeaderStart, StringComparison.Ordinal))
                throw new LoadTestException($"{path} is not a histogram that scenario --histogram wrote.");
            var header = JsonSerializer.Deserialize<HistogramHeader>(first[HeaderStart.Length..].TrimEnd(']'), Json)!;
            var interval = lines.LastOrDefault(line => line.Length > 0 && line[0] is not '#' and not '"')
                ?? throw new LoadTestException($"{path} is incomplete: it has no latencies.");
            var latencies = LatencyHistogram.Decode(Convert.FromBase64String(interval.Split(',')[^1]));
            return latencies.Whole().Count == header.Done
                ? new HistogramFile(header, latencies)
                : throw new LoadTestException(
                    $"{path} is incomplete or altered: it has {latencies.Whole().Count} latencies for {header.Done} commands.");
        }
        catch (Exception exception) when (exception is not LoadTestException and not OperationCanceledException)
        {
            throw new LoadTestException($"{path} cannot be read as a histogram: {exception.Message}", exception);
        }
    }
}
