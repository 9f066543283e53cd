using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Hosting;

internal sealed partial class PaymentDispatcher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment of invoice {Invoice}, attempt {Attempt}, of subscription {SubscriptionId} is left to its watchdog.")]
    private partial void LogLeftToWatchdog(string subscriptionId, int invoice, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The payment provider's adapter failed for invoice {Invoice}, attempt {Attempt}, of subscription {SubscriptionId}.")]
    private partial void LogProviderFailed(Exception exception, string subscriptionId, int invoice, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of invoice {Invoice}, attempt {Attempt}, of subscription {SubscriptionId} was refused: {Code}.")]
    private partial void LogOutcomeRefused(string subscriptionId, int invoice, int attempt, string code);
}
