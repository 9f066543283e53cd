using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres.Loads;

internal sealed partial class LoadLane
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Loads} subscriptions could not be loaded.")]
    private partial void LogFailed(Exception exception, int loads);
}
