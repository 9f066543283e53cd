using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>
/// The tenant who minds his own business: commands at fixed intended times, whatever becomes of those before; latency
/// counts from the intended time. He remembers what was acknowledged, for the audit.
/// </summary>
internal sealed class CalmTenant(ApiClient api, string offerId)
{
    private static readonly TimeSpan PaymentPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Sold> fresh = new();
    private readonly ConcurrentQueue<Sold> free = new();
    private readonly ConcurrentBag<Sold> sold = [];
    private readonly ConcurrentQueue<string> failures = new();
    private int made;

    public int Subscriptions => sold.Count;

    /// <summary>What was not done, in words.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    public async Task SellAsync(int count, CancellationToken cancellationToken)
    {
        for (var n = 0; n < count; n++) await SignUpAsync(cancellationToken);
        while (fresh.TryDequeue(out var one)) await ReadAsync(one, cancellationToken);
    }

    /// <summary>So many commands a second, for so long; how long they took.</summary>
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

    /// <summary>Says what is missing of what was acknowledged, and which first payments have no outcome; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> AuditAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var one in sold)
        {
            var begun = Stopwatch.GetTimestamp();
            var found = await api.GetAsync(one.Path, cancellationToken);
            while (found.Succeeded && found.Json().GetProperty("status").GetString() == "pending" &&
                Stopwatch.GetElapsedTime(begun) < PaymentPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
                found = await api.GetAsync(one.Path, cancellationToken);
            }

            if (!found.Succeeded) wrong.Add($"{one.Path}: {found.Status}");
            else if (found.Json().GetProperty("status").GetString() is var status && status != "active")
                wrong.Add($"{one.Path} is {status}");
            else if (one.Version is { } version && found.Json().GetProperty("version").GetInt64() is var stored && stored != version)
                wrong.Add($"{one.Path} is at version {stored}, acknowledged was {version}");
        }

        return wrong;
    }

    /// <summary>Of ten: one signs up, one reads, eight give notice and take it back.</summary>
    private Task CommandAsync(int n, CancellationToken cancellationToken)
    {
        if (n % 10 == 1 && fresh.TryDequeue(out var unpaid)) return ReadAsync(unpaid, cancellationToken);
        if (n % 10 == 0 || !free.TryDequeue(out var one)) return SignUpAsync(cancellationToken);
        return ToggleAsync(one, cancellationToken);
    }

    private async Task SignUpAsync(CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"calm-{Interlocked.Increment(ref made)}");
        var body = $$$"""{"id":"{{{id}}}","offer_id":"{{{offerId}}}","customer":{"id":"c-{{{id}}}"},"payment_method":{"token":"tok_ok"}}""";
        var answer = await api.PostAsync("/v1/subscriptions", body, $"new-{id}", cancellationToken);
        if (!Done(answer, "sign-up")) return;
        var one = new Sold($"/v1/subscriptions/{id}");
        sold.Add(one);
        fresh.Enqueue(one);
    }

    /// <summary>Whose first payment is still under way is not given notice: it would be gone at once.</summary>
    private async Task ReadAsync(Sold one, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(one.Path, cancellationToken);
        var paid = Done(answer, "read") && answer.Json().GetProperty("status").GetString() == "active";
        (paid ? free : fresh).Enqueue(one);
    }

    private async Task ToggleAsync(Sold one, CancellationToken cancellationToken)
    {
        var command = one.Leaves ? "uncancel" : "cancel";
        var answer = await api.PostAsync(
            $"{one.Path}/{command}", one.Leaves ? "{}" : """{"at":"period_end"}""", $"{command}-{one.Commands++}", cancellationToken);
        if (Done(answer, command))
        {
            one.Leaves = !one.Leaves;
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

    /// <summary>A subscription of his; used by one command at a time.</summary>
    private sealed class Sold(string path)
    {
        public string Path => path;

        public bool Leaves { get; set; }

        public int Commands { get; set; }

        /// <summary>As of the last acknowledged command; null before one, when the first payment moves it by itself.</summary>
        public long? Version { get; set; }
    }
}
