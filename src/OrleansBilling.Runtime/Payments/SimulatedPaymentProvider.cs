using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// A payment provider inside the process. It keeps no records: every answer follows from the request and the
/// seed, so asking again is idempotent by construction. Without latency it answers synchronously and
/// allocates nothing. A <c>tok_voucher</c> stays pending however often it is asked for: the voucher is
/// confirmed through our API, or it expires on our side.
/// </summary>
/// <param name="seed">Seeds the dice of <c>tok_flaky_P</c>.</param>
/// <param name="latency">The delay of every answer; zero for none.</param>
/// <param name="time">Measures the latency.</param>
public sealed class SimulatedPaymentProvider(long seed, TimeSpan latency, TimeProvider time) : IPaymentProvider
{
    public SimulatedPaymentProvider(long seed)
        : this(seed, TimeSpan.Zero, TimeProvider.System)
    {
    }

    /// <inheritdoc/>
    public ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        var outcome = TokenOutcomes.IsTold(request.Token, request.Ask)
            ? TokenOutcomes.OfCharge(request.Token, request.Key, request.Attempt, seed)
            : TokenOutcomes.Untold;
        return AnswerAsync(outcome, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(TokenOutcomes.OfRefund(request.Token), cancellationToken);

    private ValueTask<PaymentOutcome> AnswerAsync(PaymentOutcome outcome, CancellationToken cancellationToken) =>
        latency == TimeSpan.Zero ? ValueTask.FromResult(outcome) : AnswerLaterAsync(outcome, cancellationToken);

    private async ValueTask<PaymentOutcome> AnswerLaterAsync(PaymentOutcome outcome, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, time, cancellationToken);
        return outcome;
    }
}
