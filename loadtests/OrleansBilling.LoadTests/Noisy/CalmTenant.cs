using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>
/// The well-behaved tenant. Sends commands at fixed intended times, even if earlier ones have no answer yet. Latency counts from
/// the intended time. Remembers what was acknowledged, for the audit.
/// </summary>
internal sealed class CalmTenant(ApiClient api, string offerId, string name = "calm")
{
    private static readonly TimeSpan PaymentPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Sold> fresh = new();
    private readonly ConcurrentQueue<Sold> free = new();
    private readonly ConcurrentBag<Sold> sold = [];
    private readonly ConcurrentQueue<string> failures = new();
    private int made;
    private int cancellations;

    /// <summary>The offer of the n-th sign-up, from 1.</summary>
    public Func<int, string> OfferOf { get; init; } = _ => offerId;

    public int Subscriptions => sold.Count;

    /// <summary>Acknowledged cancellations at the period's end.</summary>
    public int Cancellations => Volatile.Read(ref cancellations);

    /// <summary>Where the next commands go.</summary>
    public ApiClient Api { get; set; } = api;

    /// <summary>Descriptions of the commands that failed.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>Signs up so many, by one caller or several at once.</summary>
    public async Task SellAsync(int count, CancellationToken cancellationToken, int callers = 1)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, atOnce, async (_, ends) => await SignUpAsync(ends));
        await Parallel.ForAsync(0, callers, atOnce, async (_, ends) =>
        {
            while (fresh.TryDequeue(out var one)) await ReadAsync(one, ends);
        });
    }

    /// <summary>Sends commands at this rate for this many seconds and measures them.</summary>
    public async Task<Measurement> WorkAsync(string name, int rate, int seconds, CancellationToken cancellationToken)
    {
        var meter = new Meter();
        var schedule = ArrivalSchedule.Even(rate, TimeSpan.FromSeconds(seconds));
        var startedAt = Stopwatch.GetTimestamp();
        meter.MeasureFrom(startedAt);
        await new OpenLoop(schedule, schedule.Count).RunAsync(TimedAsync, startedAt, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Measurement.Of(name, schedule.Count, meter);

        async Task TimedAsync(int n, long intendedAt)
        {
            await Task.Yield();
            await CommandAsync(n, cancellationToken);
            meter.Record(intendedAt, ok: true);
        }
    }

    /// <summary>Lists acknowledged changes that are missing and first payments without an outcome; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> AuditAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var one in sold)
        {
            var begun = Stopwatch.GetTimestamp();
            var found = await Api.GetAsync(one.Path, cancellationToken);
            while (found.Succeeded && found.Json().GetProperty("status").GetString() == "pending" &&
                Stopwatch.GetElapsedTime(begun) < PaymentPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
                found = await Api.GetAsync(one.Path, cancellationToken);
            }

            if (!found.Succeeded) wrong.Add($"{one.Path}: {found.Status}");
            else if (found.Json().GetProperty("status").GetString() is var status && status != "active")
                wrong.Add($"{one.Path} is {status}");
            else if (one.Version is { } version && found.Json().GetProperty("version").GetInt64() is var stored && stored != version)
                wrong.Add($"{one.Path} is at version {stored}, but version {version} was acknowledged");
        }

        return wrong;
    }

    /// <summary>Of ten commands, one is a sign-up, one is a read, and eight cancel at the period's end or undo that.</summary>
    private Task CommandAsync(int n, CancellationToken cancellationToken)
    {
        if (n % 10 == 1 && fresh.TryDequeue(out var unpaid)) return ReadAsync(unpaid, cancellationToken);
        if (n % 10 == 0 || !free.TryDequeue(out var one)) return SignUpAsync(cancellationToken);
        return ToggleAsync(one, cancellationToken);
    }

    private async Task SignUpAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref made);
        var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        var offer = OfferOf(number);
        var body = $$$"""{"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"c-{{{id}}}"},"payment_method":{"token":"tok_ok"}}""";
        var answer = await Api.PostAsync("/v1/subscriptions", body, $"new-{id}", cancellationToken);
        if (!Done(answer, "sign-up")) return;
        var one = new Sold($"/v1/subscriptions/{id}");
        sold.Add(one);
        fresh.Enqueue(one);
    }

    /// <summary>A subscription is canceled only after its first payment: before that, canceling would end it at once.</summary>
    private async Task ReadAsync(Sold one, CancellationToken cancellationToken)
    {
        var answer = await Api.GetAsync(one.Path, cancellationToken);
        var paid = Done(answer, "read") && answer.Json().GetProperty("status").GetString() == "active";
        (paid ? free : fresh).Enqueue(one);
    }

    private async Task ToggleAsync(Sold one, CancellationToken cancellationToken)
    {
        var command = one.Leaves ? "uncancel" : "cancel";
        var answer = await Api.PostAsync(
            $"{one.Path}/{command}", one.Leaves ? "{}" : """{"at":"period_end"}""", $"{command}-{one.Commands++}", cancellationToken);
        if (Done(answer, command))
        {
            one.Leaves = !one.Leaves;
            if (one.Leaves) Interlocked.Increment(ref cancellations);
            one.Version = answer.Json().GetProperty("version").GetInt64();
        }

        free.Enqueue(one);
    }

    private bool Done(in ApiAnswer answer, string what)
    {
        if (answer.Succeeded) return true;
        failures.Enqueue($"{what}: {answer.Status} {answer.Code ?? answer.Text}");
        return false;
    }

    /// <summary>One of the tenant's subscriptions. Only one command uses it at a time.</summary>
    private sealed class Sold(string path)
    {
        public string Path => path;

        public bool Leaves { get; set; }

        public int Commands { get; set; }

        /// <summary>The version of the last acknowledged command; null before it, while the first payment changes the version.</summary>
        public long? Version { get; set; }
    }
}
