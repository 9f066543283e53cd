using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Reports;

public sealed partial class StatisticsRecount
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Statistics are being recounted from the events; until that is done they answer 503, and billing goes on.")]
    private partial void LogStarted();

    [LoggerMessage(Level = LogLevel.Information, Message = "Statistics are being recounted: {Counted} subscriptions so far, up to '{SubscriptionId}'.")]
    private partial void LogProgress(long counted, string subscriptionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Statistics are recounted: {Counted} subscriptions in {Seconds:0} s.")]
    private partial void LogDone(long counted, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recount of statistics waits for the database: {Reason}")]
    private partial void LogJournalUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so it is missing in the statistics.")]
    private partial void LogSetAside(Exception exception, string subscriptionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The recount of statistics failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
