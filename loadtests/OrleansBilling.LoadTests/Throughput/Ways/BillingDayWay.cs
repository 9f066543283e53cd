using System.Diagnostics;
using NodaTime;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>What a billing day came to.</summary>
/// <param name="Renewals">Subscriptions that were invoiced and charged.</param>
/// <param name="Seconds">From the instant at which they were due to the last payment on record.</param>
/// <param name="PerSecond">Renewals ÷ seconds.</param>
/// <param name="FirstTenthPerSecond">Over the first tenth of them.</param>
/// <param name="LastTenthPerSecond">Over the last tenth.</param>
/// <param name="ProcessorMicroseconds">Processor time per renewal, by process.</param>
internal sealed record BillingDay(
    long Renewals,
    double Seconds,
    double PerSecond,
    double FirstTenthPerSecond,
    double LastTenthPerSecond,
    IReadOnlyDictionary<string, double> ProcessorMicroseconds);

/// <summary>
/// All subscriptions are due at one instant, on a runtime that has none of them in memory: the pump finds them, each is
/// invoiced and its charge requested (one commit), the provider answers at once, and the payment is recorded (another).
/// </summary>
internal static class BillingDayWay
{
    public static async Task<BillingDay> RunAsync(
        BillingStorage storage, Subscriptions subscriptions, Instant soldAt, ProcessorUse processors, bool countsStatistics,
        CancellationToken cancellationToken)
    {
        var due = soldAt.InUtc().LocalDateTime.PlusMonths(1).InUtc().ToInstant();
        var payments = new PaymentCounter(storage.Journal, subscriptions.Count);
        await using var runtime = new LiveRuntime(storage, payments, soldAt, subscriptions.Count, countsStatistics);
        runtime.Clock.MoveTo(due);
        var before = processors.Read();
        var startedAt = Stopwatch.GetTimestamp();
        await runtime.Host.RunDueAsync(cancellationToken);
        var after = processors.Read();
        if (payments.Count != subscriptions.Count)
            throw new LoadTestException($"{subscriptions.Count} renewals were due, but {payments.Count} were paid.");
        var tenths = payments.Tenths.Select(at => Stopwatch.GetElapsedTime(startedAt, at).TotalSeconds).ToList();
        var tenth = subscriptions.Count / (double)PaymentCounter.Parts;
        return new BillingDay(
            payments.Count, tenths[^1], payments.Count / tenths[^1], tenth / tenths[0], tenth / (tenths[^1] - tenths[^2]),
            ProcessorUse.Between(before, after, payments.Count));
    }
}
