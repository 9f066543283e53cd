namespace OrleansBilling.Gateway.Routes;

/// <summary>Tells of rows that a list cannot show, in one line each: whoever pages through a list meets them again and again.</summary>
internal static partial class UnreadableRows
{
    public static void Log(ILogger logger, Exception exception, string subscriptionId) =>
        LogUnreadable(logger, subscriptionId, exception.GetType().Name, exception.Message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription {SubscriptionId} cannot be shown in a list. {Exception}: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string subscriptionId, string exception, string reason);
}
