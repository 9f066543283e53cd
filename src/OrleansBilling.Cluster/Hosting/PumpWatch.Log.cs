namespace OrleansBilling.Cluster.Hosting;

internal sealed partial class PumpWatch
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The due pump of group {Group} could not be reached: {Reason}")]
    private partial void LogUnreachable(int group, string reason);
}
