namespace OrleansBilling.Cluster.Grains;

internal sealed partial class SubscriptionGrain
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Waking subscription {SubscriptionId} was refused: {Code}.")]
    private partial void LogWakeRefused(string subscriptionId, string code);
}
