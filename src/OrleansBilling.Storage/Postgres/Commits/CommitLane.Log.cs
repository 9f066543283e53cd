using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres.Commits;

internal sealed partial class CommitLane
{
    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL refuses the commit of subscription {SubscriptionId} at version {Version}; nothing of it was written.")]
    private partial void LogRefused(Exception exception, string subscriptionId, long version);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL cannot write; {Commits} commits were not written.")]
    private partial void LogServerFault(Exception exception, int commits);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection broke while {Commits} commits were in flight; whether they are durable is unknown.")]
    private partial void LogLost(Exception exception, int commits);
}
