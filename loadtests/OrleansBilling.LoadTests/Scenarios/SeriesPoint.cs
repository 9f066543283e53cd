namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>One sample of about a second.</summary>
/// <param name="Second">Seconds from the start of the measurement to the end of the sample.</param>
/// <param name="PerSecond">Commands done per second.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P99">99th percentile in milliseconds.</param>
/// <param name="Max">Longest latency in milliseconds.</param>
/// <param name="InFlight">Unanswered commands at the end of the sample.</param>
/// <param name="RenewalsPerSecond">Renewals paid per second.</param>
internal sealed record SeriesPoint(
    double Second, double PerSecond, double P50, double P99, double Max, long InFlight, double RenewalsPerSecond);
