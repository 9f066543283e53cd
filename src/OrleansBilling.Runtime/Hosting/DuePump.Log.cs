using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Hosting;

internal sealed partial class DuePump
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Due work waits, because the journal is unavailable: {Reason}")]
    private partial void LogJournalUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pass over due work failed; the next one tries again.")]
    private partial void LogPassFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Waking subscription {SubscriptionId} failed; it stays due, and waits longer from failure to failure: {Reason}")]
    private partial void LogWakeFailed(Exception? exception, string subscriptionId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Subscription {SubscriptionId} failed {Failures} times; from the third on it is in quarantine. {Reason} Next try in {Wait}.")]
    private partial void LogStillFailing(string subscriptionId, int failures, string reason, TimeSpan wait);
}
