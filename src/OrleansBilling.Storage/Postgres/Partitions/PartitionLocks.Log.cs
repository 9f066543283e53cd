using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres.Partitions;

public sealed partial class PartitionLocks
{
    [LoggerMessage(Level = LogLevel.Information, Message = "This process now pumps partition group {Group}.")]
    private partial void LogTaken(int group);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process no longer pumps partition group {Group}.")]
    private partial void LogReleased(int group);

    [LoggerMessage(Level = LogLevel.Error, Message = "The partition locks are lost; no due work is pumped until they are taken again.")]
    private partial void LogLost(Exception exception);
}
