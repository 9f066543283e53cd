using Microsoft.Extensions.Options;
using OrleansBilling.PaymentSimulator.Book;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Http;

/// <summary>
/// The line between book and caller: slow, and lossy, if so set. Both strike after the booking, because that is the case
/// that hurts: the money moved, and the caller does not know. Every ask of a key has its own dice, so a caller that asks
/// again comes through.
/// </summary>
internal sealed class UnreliableLine(IOptions<SimulatorSettings> settings, TimeProvider time)
{
    private readonly TimeSpan latency = TimeSpan.FromMilliseconds(settings.Value.LatencyMilliseconds);

    public async ValueTask<IResult> SendAsync(HttpContext http, BookAnswer answer)
    {
        if (answer.Payment is not { } payment) return Problems.Of(answer.Refusal!);
        if (latency > TimeSpan.Zero) await Task.Delay(latency, time, http.RequestAborted);
        // The number of the ask is 1 or more; purpose 0 are the dice of tok_flaky_P, on which a loss must not depend.
        if (SeededDice.Percent(settings.Value.Seed, payment.Key, purpose: answer.Asks) >= settings.Value.DropAnswerPercent)
            return TypedResults.Ok(payment);
        http.Abort();
        return TypedResults.Empty;
    }
}
