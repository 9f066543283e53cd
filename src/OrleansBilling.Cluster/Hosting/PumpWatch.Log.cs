namespace OrleansBilling.Cluster.Hosting;

internal sealed partial class PumpWatch
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The due pump of group {Group} could not be reached: {Reason}")]
    private partial void LogUnreachable(int group, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking after the due pump of group {Group} failed; its reminder looks again.")]
    private partial void LogFailed(Exception exception, int group);
}
