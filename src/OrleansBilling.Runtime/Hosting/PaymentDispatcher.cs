using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// Calls the payment provider outside the turns of grains, a limited number at a time, and reports each outcome as
/// a command. It owns nothing durable: a call that is lost here, because of a full queue or a crash, is repeated
/// under the same key at the payment's due time.
/// </summary>
internal sealed partial class PaymentDispatcher(
    IPaymentProvider provider,
    BillingHostOptions options,
    TimeProvider time,
    Func<string, CommandEnvelope, ValueTask<EffectAnswer>> report,
    ILogger<PaymentDispatcher> logger) : IDisposable
{
    private const int ReportsMax = 5;
    private readonly SemaphoreSlim calls = new(options.ProviderCallsMax);
    private readonly ConcurrentDictionary<(string SubscriptionId, PaymentKind Kind, int Invoice, int Attempt), bool> asking = new();
    private int waiting;

    public void Dispose() => calls.Dispose();

    /// <summary>Calls the provider and reports the outcome; returns at once when the queue is full.</summary>
    public async Task DispatchAsync(string subscriptionId, PaymentInFlight inFlight, OfferTerms terms)
    {
        // If the watchdog fires while the first call still waits for its turn, there is nothing to add.
        var payment = (subscriptionId, inFlight.Kind, inFlight.Invoice, inFlight.Attempt);
        if (!asking.TryAdd(payment, true)) return;
        try
        {
            await CallAsync(subscriptionId, inFlight, terms);
        }
        finally
        {
            asking.TryRemove(payment, out _);
        }
    }

    private async Task CallAsync(string subscriptionId, PaymentInFlight payment, OfferTerms terms)
    {
        if (Interlocked.Increment(ref waiting) > options.ProviderQueueMax)
        {
            Interlocked.Decrement(ref waiting);
            LogLeftToWatchdog(subscriptionId, payment.Invoice, payment.Attempt);
            return;
        }

        PaymentOutcome outcome;
        BillingTelemetry.ProviderWaiting.Add(1);
        try
        {
            await calls.WaitAsync();
            try
            {
                var startedAt = time.GetTimestamp();
                outcome = await AskAsync(subscriptionId, payment, terms);
                Count(payment.Kind, outcome, startedAt);
            }
            finally
            {
                calls.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            BillingTelemetry.ProviderWaiting.Add(-1);
        }

        await ReportAsync(subscriptionId, new SubscriptionCommand.RecordPayment(payment.Kind, payment.Invoice, payment.Attempt, outcome));
    }

    private async ValueTask<PaymentOutcome> AskAsync(string subscriptionId, PaymentInFlight payment, OfferTerms terms)
    {
        var currency = terms.Currency.Code;
        using var timeout = new CancellationTokenSource(options.ProviderTimeout, time);
        try
        {
            var call = payment.Kind == PaymentKind.Charge
                ? provider.ChargeAsync(
                    new ChargeRequest(
                        PaymentKeys.Charge(subscriptionId, payment.Invoice, payment.Attempt), payment.Token, payment.Amount, currency,
                        payment.Attempt, payment.Asks),
                    timeout.Token)
                : provider.RefundAsync(
                    new RefundRequest(
                        PaymentKeys.Refund(subscriptionId, payment.Invoice, payment.Attempt),
                        PaymentKeys.Charge(subscriptionId, payment.Invoice, payment.ChargeAttempt),
                        payment.Token, payment.Amount, currency, payment.Asks),
                    timeout.Token);
            return await call;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new PaymentOutcome.Unknown("timeout");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // An adapter that throws breaks its contract, but whether money moved is still unknown.
            LogProviderFailed(e, subscriptionId, payment.Invoice, payment.Attempt);
            return new PaymentOutcome.Unknown("provider_error");
        }
    }

    private void Count(PaymentKind kind, PaymentOutcome outcome, long startedAt)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind == PaymentKind.Charge ? "charge" : "refund");
        BillingTelemetry.ProviderDuration.RecordSince(time, startedAt, tag);
        BillingTelemetry.ProviderCalls.Add(1, tag, new KeyValuePair<string, object?>("outcome", outcome switch
        {
            PaymentOutcome.Succeeded => "succeeded",
            PaymentOutcome.Declined => "declined",
            PaymentOutcome.Pending => "pending",
            _ => "unknown",
        }));
    }

    private async ValueTask ReportAsync(string subscriptionId, SubscriptionCommand.RecordPayment outcome)
    {
        var envelope = new CommandEnvelope(outcome, Caller.System);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await report(subscriptionId, envelope);
            if (answer.Refusal is { } code) LogOutcomeRefused(subscriptionId, outcome.Invoice, outcome.Attempt, code);
            if (answer.IsOver) return;

            if (attempt == ReportsMax)
            {
                LogLeftToWatchdog(subscriptionId, outcome.Invoice, outcome.Attempt);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), time);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The watchdog will retry the payment of invoice {Invoice}, attempt {Attempt}, of subscription {SubscriptionId}.")]
    private partial void LogLeftToWatchdog(string subscriptionId, int invoice, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The payment provider's adapter failed for invoice {Invoice}, attempt {Attempt}, of subscription {SubscriptionId}.")]
    private partial void LogProviderFailed(Exception exception, string subscriptionId, int invoice, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The payment outcome of invoice {Invoice}, attempt {Attempt}, of subscription {SubscriptionId} was refused: {Code}.")]
    private partial void LogOutcomeRefused(string subscriptionId, int invoice, int attempt, string code);
}
