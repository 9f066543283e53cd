using System.Diagnostics;
using NodaTime;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>The result of a billing day.</summary>
/// <param name="Way">Name of the way.</param>
/// <param name="Renewals">Subscriptions that were invoiced and charged.</param>
/// <param name="Seconds">From the due time to the last recorded payment.</param>
/// <param name="PerSecond">Renewals per second.</param>
/// <param name="FirstTenthPerSecond">Rate over the first tenth of the renewals.</param>
/// <param name="LastTenthPerSecond">Rate over the last tenth.</param>
/// <param name="ProcessorMicroseconds">Processor time per renewal, by process.</param>
internal sealed record BillingDay(
    string Way,
    long Renewals,
    double Seconds,
    double PerSecond,
    double FirstTenthPerSecond,
    double LastTenthPerSecond,
    IReadOnlyDictionary<string, double> ProcessorMicroseconds)
{
    public static ReportTable Table(IEnumerable<BillingDay> days) => new(
        "Billing day: all due at once, invoiced and charged",
        ["way", ">renewals", ">seconds", ">per second", ">first tenth", ">last tenth", "processor µs each"],
        [
            .. days.Select(day => (IReadOnlyList<ReportCell>)
            [
                day.Way, ReportCell.Of(day.Renewals), ReportCell.Of(day.Seconds, "N1"), ReportCell.Of(day.PerSecond),
                ReportCell.Of(day.FirstTenthPerSecond), ReportCell.Of(day.LastTenthPerSecond),
                Numbers.Processors(day.ProcessorMicroseconds),
            ]),
        ]);
}

/// <summary>
/// All subscriptions are due at one instant, on a host that has none in memory. Pumps find them; one commit invoices a
/// subscription and requests its charge, the provider answers at once, and a second commit records the payment.
/// </summary>
/// <param name="host">Uses <paramref name="clock"/> and <paramref name="payments"/>.</param>
/// <param name="clock">Stands at the instant of the sale.</param>
/// <param name="payments">The host's journal.</param>
internal sealed class BillingDayWay(IBillingHost host, VirtualClock clock, PaymentCounter payments)
{
    public async Task<BillingDay> RunAsync(
        string way, Instant soldAt, ProcessorUse processors, CancellationToken cancellationToken)
    {
        var before = processors.Read();
        var startedAt = Stopwatch.GetTimestamp();
        clock.MoveTo(soldAt.InUtc().LocalDateTime.PlusMonths(1).InUtc().ToInstant());
        await host.RunDueAsync(cancellationToken);
        var after = processors.Read();
        if (payments.Count != payments.Expected)
            throw new LoadTestException($"{payments.Expected} renewals were due, but {payments.Count} were paid.");
        var tenths = payments.Tenths.Select(at => Stopwatch.GetElapsedTime(startedAt, at).TotalSeconds).ToList();
        var tenth = payments.Expected / (double)PaymentCounter.Parts;
        return new BillingDay(
            way, payments.Count, tenths[^1], payments.Count / tenths[^1], tenth / tenths[0], tenth / (tenths[^1] - tenths[^2]),
            ProcessorUse.Between(before, after, payments.Count));
    }
}
