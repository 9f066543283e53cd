namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>What happened in about a second.</summary>
/// <param name="Second">At its end, since the measuring began.</param>
/// <param name="PerSecond">Commands done.</param>
/// <param name="P50">Half of them took at most so many milliseconds.</param>
/// <param name="P99">99 %.</param>
/// <param name="Max">The slowest.</param>
/// <param name="InFlight">Commands unanswered at its end.</param>
/// <param name="RenewalsPerSecond">Renewals paid.</param>
internal sealed record SeriesPoint(
    double Second, double PerSecond, double P50, double P99, double Max, long InFlight, double RenewalsPerSecond);
