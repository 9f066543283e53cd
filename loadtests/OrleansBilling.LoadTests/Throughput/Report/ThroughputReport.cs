using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>All figures of one run.</summary>
internal sealed record ThroughputReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required DateTimeOffset StartedAt { get; init; }

    public required Conditions Conditions { get; init; }

    /// <summary>The short trials that found the best pool for the baseline.</summary>
    public required IReadOnlyList<Measurement> BaselineTrials { get; init; }

    /// <summary>What each way came to.</summary>
    public required IReadOnlyList<Measurement> Ways { get; init; }

    public required BillingDay? BillingDay { get; init; }

    /// <summary>Figures of this run against each other.</summary>
    public required IReadOnlyList<Ratio> Ratios { get; init; }

    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
    }
}
