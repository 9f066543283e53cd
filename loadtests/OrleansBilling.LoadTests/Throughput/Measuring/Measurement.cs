namespace OrleansBilling.LoadTests.Throughput.Measuring;

/// <summary>What one way of doing it came to.</summary>
/// <param name="Way">Its name.</param>
/// <param name="Callers">Commands in flight at most.</param>
/// <param name="Done">Commands done within the measured time.</param>
/// <param name="Failed">Commands refused or failed within it.</param>
/// <param name="Seconds">The measured time.</param>
/// <param name="PerSecond">Done ÷ seconds.</param>
/// <param name="P50Milliseconds">Half of the commands took at most this long.</param>
/// <param name="P99Milliseconds">99 % took at most this long.</param>
/// <param name="ProcessorMicroseconds">Processor time per command, by process.</param>
internal sealed record Measurement(
    string Way,
    int Callers,
    long Done,
    long Failed,
    double Seconds,
    double PerSecond,
    double P50Milliseconds,
    double P99Milliseconds,
    IReadOnlyDictionary<string, double> ProcessorMicroseconds)
{
    public static Measurement Of(string way, int callers, Meter meter, TimeSpan elapsed, IReadOnlyDictionary<string, double> processors)
    {
        var latencies = meter.Latencies.Whole();
        return new Measurement(
            way, callers, meter.Done, meter.Failed, elapsed.TotalSeconds, meter.Done / elapsed.TotalSeconds, latencies.P50, latencies.P99,
            processors);
    }
}
