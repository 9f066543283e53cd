using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Sqlite;

internal sealed partial class SqliteWriter
{
    [LoggerMessage(Level = LogLevel.Error, Message = "SQLite refuses the commit of subscription {SubscriptionId} at version {Version}; nothing of it was written.")]
    private partial void LogRefused(Exception exception, string subscriptionId, long version);

    [LoggerMessage(Level = LogLevel.Error, Message = "SQLite cannot write; {Commits} commits were not written.")]
    private partial void LogFileFault(Exception exception, int commits);

    [LoggerMessage(Level = LogLevel.Error, Message = "SQLite failed to make {Commits} commits durable; whether they are is unknown.")]
    private partial void LogLost(Exception exception, int commits);
}
