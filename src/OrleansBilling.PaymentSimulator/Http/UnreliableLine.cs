using Microsoft.Extensions.Options;
using OrleansBilling.PaymentSimulator.Book;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>
/// Delays and drops answers, if configured. Both happen after the booking, because that is the hard case: the money moved and
/// the caller does not know. Each request of a key gets its own random draw, so a caller that asks again gets through.
/// </summary>
internal sealed class UnreliableLine(IOptions<SimulatorSettings> settings, TimeProvider time)
{
    private readonly TimeSpan latency = TimeSpan.FromMilliseconds(settings.Value.LatencyMilliseconds);

    public async ValueTask<IResult> SendAsync(HttpContext http, BookAnswer answer)
    {
        if (answer.Payment is not { } payment) return Problems.Of(answer.Refusal!);
        if (latency > TimeSpan.Zero) await Task.Delay(latency, time, http.RequestAborted);
        // Requests are counted from 1. Purpose 0 is the draw of tok_flaky_P, which must be independent of lost answers.
        if (SeededDice.Percent(settings.Value.Seed, payment.Key, purpose: answer.Asks) >= settings.Value.DropAnswerPercent)
            return TypedResults.Ok(payment);
        http.Abort();
        return TypedResults.Empty;
    }
}
