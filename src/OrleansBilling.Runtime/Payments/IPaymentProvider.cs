using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// Moves money. Idempotent by key forever: asking again with the same key never moves money twice and returns the
/// outcome of the first call. Never throws for a broken connection; that is <see cref="PaymentOutcome.Unknown"/>.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>Charges a payment method.</summary>
    ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken);

    /// <summary>Refunds a charge, in full or in part.</summary>
    ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken);
}

/// <summary>A request to charge a payment method.</summary>
/// <param name="Key">Permanent: <c>subscription:invoice:attempt</c>.</param>
/// <param name="Token">The payment method.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Attempt">The attempt's number within the invoice, from 1.</param>
/// <param name="Ask">How many times this key has been asked for, including this time.</param>
public sealed record ChargeRequest(string Key, string Token, long Amount, string Currency, int Attempt, int Ask);

/// <summary>A request to refund a charge.</summary>
/// <param name="Key">Permanent: <c>subscription:invoice:refund-n</c>.</param>
/// <param name="ChargeKey">The charge that collected the money.</param>
/// <param name="Token">The payment method that paid.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Ask">How many times this key has been asked for, including this time.</param>
public sealed record RefundRequest(string Key, string ChargeKey, string Token, long Amount, string Currency, int Ask);
