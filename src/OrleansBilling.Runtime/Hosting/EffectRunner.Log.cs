using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Hosting;

internal sealed partial class EffectRunner
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An effect of subscription {SubscriptionId} failed.")]
    private partial void LogEffectFailed(Exception exception, string subscriptionId);
}
